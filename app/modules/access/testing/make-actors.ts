import { insertAccount } from "#app/modules/accounts/insert-account.server.ts";
import { inTx } from "#db/tx.ts";
import type { AccountKind, Actor } from "../actor.ts";
import { rightsAlong } from "../rights.ts";

export interface Actors {
	admin: Actor;
	dealer: Actor;
	dealer2: Actor;
	/** Under dealer. */
	client: Actor;
	client2: Actor;
	/** Under dealer2. */
	client3: Actor;
}

const TREE: [name: keyof Actors, kind: AccountKind, under: keyof Actors | undefined][] = [
	["admin", "admin", undefined],
	["dealer", "dealer", "admin"],
	["dealer2", "dealer", "admin"],
	["client", "client", "dealer"],
	["client2", "client", "dealer"],
	["client3", "client", "dealer2"],
];

/** Writes a small tree of accounts (Kyiv's clock, Ukrainian numbers), each with an actor. For tests with testBooks(). */
export async function makeActors(): Promise<Actors> {
	return inTx((tx) => {
		const made: Partial<Actors> = {};
		for (const [name, kind, under] of TREE) {
			const above = under && made[under]?.account;
			const place = { name, timeZone: "Europe/Kyiv", country: "UA" };
			const { id, path } = insertAccount(tx, { parentId: above?.id, kind, ownerLogin: name, ...place });
			const account = { id, kind, path, ...place, locale: "en" as const };
			const rights = rightsAlong([{ kind, grants: null }]);
			made[name] = { userId: id * 10, behindUserId: null, role: "owner", account, rights, branches: [path] };
		}
		return made as Actors;
	});
}
