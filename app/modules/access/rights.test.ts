import { describe, expect, it } from "vitest";
import fc from "#app/testing/fc.ts";
import { ALL_RIGHTS, intersect, isSubset, RIGHTS, type Right, readRights, rightsAlong } from "./rights.ts";

const someRights = fc.subarray([...RIGHTS]).map((rights) => JSON.stringify(rights));
const grants = fc.option(someRights, { nil: null });
const kinds = fc.constantFrom("dealer" as const, "client" as const);

describe("rights along a branch", () => {
	it("never widen downwards, whatever is granted anywhere", () => {
		fc.assert(
			fc.property(grants, fc.array(fc.record({ kind: kinds, grants }), { maxLength: 15 }), (rootGrants, below) => {
				const chain = [{ kind: "admin" as const, grants: rootGrants }, ...below];
				let above = ALL_RIGHTS;
				for (let depth = 1; depth <= chain.length; depth++) {
					const own = rightsAlong(chain.slice(0, depth));
					expect(isSubset(own, above)).toBe(true);
					above = own;
				}
			}),
		);
	});

	it("are all that the kind can have where nobody left anything out", () => {
		const of = (kind: "admin" | "dealer" | "client") => rightsAlong([{ kind, grants: null }]);
		expect(of("admin")).toEqual(ALL_RIGHTS);
		expect([...of("dealer")]).not.toContain("providers.read");
		expect([...of("dealer")]).toContain("accounts.create");
		expect([...of("client")].filter((right) => right.startsWith("accounts."))).toEqual([]);
		expect([...of("client")]).toContain("campaigns.create");
	});

	it("that an account above lost are gone below, though the account below still lists them", () => {
		const listed = JSON.stringify(["campaigns.read", "campaigns.create"]);
		const left = rightsAlong([
			{ kind: "admin", grants: null },
			{ kind: "dealer", grants: JSON.stringify(["campaigns.read"]) },
			{ kind: "client", grants: listed },
		]);
		expect([...left]).toEqual(["campaigns.read"]);
	});
});

describe("a stored list of rights", () => {
	it("passes over words that no right is called by", () => {
		expect([...readRights('["campaigns.read","campaigns.fly","__proto__"]')]).toEqual(["campaigns.read"]);
	});

	it("null is no limit, an empty list is nothing", () => {
		expect(readRights(null)).toEqual(ALL_RIGHTS);
		expect(readRights("[]").size).toBe(0);
	});

	it("meets another in what both have", () => {
		const of = (...rights: Right[]) => new Set(rights);
		expect(intersect(of("campaigns.read", "audit.read"), of("audit.read", "money.read"))).toEqual(of("audit.read"));
	});
});
