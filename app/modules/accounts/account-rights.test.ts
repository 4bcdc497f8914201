import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import { RIGHTS, type Right } from "#app/modules/access/rights.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { chosenGrants, grantableTo } from "./account-rights.ts";
import { getRightsPage } from "./get-rights-page.server.ts";
import { setAccountRights } from "./set-account-rights.server.ts";

testBooks();

let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
});

const row = (id: number) =>
	readBooks((tx) =>
		tx.sql<{ version: number; grants: string | null }>("SELECT version, grants FROM accounts WHERE id = ?").get(id),
	)!;
const rightsOf = ({ account }: Actor) => readBooks((tx) => branchStanding(tx, account.path)).rights;
const set = (actor: Actor, id: number, chosen: readonly string[]) =>
	setAccountRights(actor, id, row(id).version, chosen);
const without = (rights: readonly Right[], ...gone: Right[]) => rights.filter((right) => !gone.includes(right));
/** As the session would make the actor of these rights. */
const now = (actor: Actor): Actor => ({ ...actor, rights: rightsOf(actor) });

it("what a dealer is left without, its whole branch loses, and gets back with it", async () => {
	const { admin, dealer, client } = actors;
	const all = grantableTo(admin, "dealer");
	await set(admin, dealer.account.id, without(all, "numbers.read"));
	expect(rightsOf(dealer).has("numbers.read")).toBe(false);
	expect(rightsOf(client).has("numbers.read")).toBe(false);
	expect(rightsOf(client).has("campaigns.create")).toBe(true);
	await set(admin, dealer.account.id, all);
	expect(row(dealer.account.id).grants, "unlimited again").toBeNull();
	expect(rightsOf(client).has("numbers.read")).toBe(true);
});

describe("nobody gives what it lacks", () => {
	it("a forged form gives nothing, and a dealer cannot undo what was taken above it", async () => {
		const { admin, dealer, client } = actors;
		await set(admin, dealer.account.id, without(grantableTo(admin, "dealer"), "numbers.read"));
		await set(admin, client.account.id, without(grantableTo(admin, "client"), "numbers.read", "campaigns.delete"));
		await set(now(dealer), client.account.id, RIGHTS);
		expect(JSON.parse(row(client.account.id).grants!)).not.toContain("numbers.read");
		expect(rightsOf(client).has("campaigns.delete"), "its own to give").toBe(true);
		expect(rightsOf(client).has("providers.read"), "no client's at all").toBe(false);
		const page = readBooks((tx) => getRightsPage(tx, now(dealer), client.account.id));
		expect(page.grantable).not.toContain("numbers.read");
	});

	it("an employee gives and takes only what it has itself", async () => {
		const { dealer, client } = actors;
		const employee = { ...dealer, rights: new Set<Right>(["accounts.update", "campaigns.read"]) };
		await set(employee, client.account.id, []);
		const left = rightsOf(client);
		expect(left.has("campaigns.read")).toBe(false);
		expect(left.has("campaigns.create"), "not its to take").toBe(true);
	});
});

it("a client that is raised has a dealer's rights, whatever was chosen while it was a client", () => {
	const grants = chosenGrants(null, grantableTo(actors.admin, "client"), ["campaigns.read"]);
	expect(JSON.parse(grants!)).toEqual(expect.arrayContaining(["accounts.create", "campaigns.read"]));
	expect(JSON.parse(grants!)).not.toContain("campaigns.create");
});

it("a right that an account between has lost is shown as doing nothing now", async () => {
	const { admin, dealer, client } = actors;
	await set(admin, dealer.account.id, without(grantableTo(admin, "dealer"), "numbers.read"));
	const page = readBooks((tx) => getRightsPage(tx, admin, client.account.id));
	expect(page.checked).toContain("numbers.read");
	expect(page.lost).toEqual(["numbers.read"]);
});

it("is written down with what was given and taken; a page that is no longer true is refused", async () => {
	const { admin, dealer } = actors;
	const { id } = dealer.account;
	await set(admin, id, without(grantableTo(admin, "dealer"), "numbers.read"));
	const entry = readBooks((tx) =>
		tx.sql<{ detail: string }>("SELECT detail FROM audit WHERE verb = 'account.rights'").get(),
	);
	expect(JSON.parse(entry!.detail)).toEqual({ given: [], taken: ["numbers.read"] });
	await expect(setAccountRights(admin, id, 1, [])).rejects.toMatchObject({ name: "StaleAccountError" });
});

it.each(["dealer", "dealer2", "client3", "admin"] as const)(
	"not %s: the dealer's own, or outside of its branch",
	async (name) => {
		await expect(setAccountRights(actors.dealer, actors[name].account.id, 1, [])).rejects.toMatchObject({
			name: "AccountNotFoundError",
		});
	},
);

it("not a closed one", async () => {
	const { dealer, client } = actors;
	await inTx((tx) => void tx.sql("UPDATE accounts SET state = 'closed' WHERE id = ?").run(client.account.id));
	await expect(set(dealer, client.account.id, [])).rejects.toMatchObject({ name: "AccountStateError" });
});
