import type { TreeNode } from "#db/seed/random-tree.ts";
import type { AccountKind } from "../actor.ts";
import { RIGHTS, type Right } from "../rights.ts";

/** An account as somebody would note it on paper: nothing but whom it stands below and what was done to it. */
export interface NaiveAccount {
	id: number;
	parentId: number | null;
	kind: AccountKind;
	state: "active" | "blocked" | "closed";
	blockedUntilUtc: number | null;
	grants: Right[] | null;
}

/** The tree with everything worked out by walking from parent to parent: slow, and too simple to be wrong. */
export class NaiveTree {
	readonly accounts = new Map<number, NaiveAccount>();

	constructor(nodes: readonly TreeNode[]) {
		for (const { id, parentId, kind } of nodes)
			this.accounts.set(id, { id, parentId, kind, state: "active", blockedUntilUtc: null, grants: null });
	}

	/** From the account up to the root. */
	chain(id: number): NaiveAccount[] {
		const found: NaiveAccount[] = [];
		for (let at = this.accounts.get(id); at; at = this.accounts.get(at.parentId ?? 0)) found.push(at);
		return found;
	}

	path(id: number): string {
		const ids = this.chain(id).map((one) => one.id);
		return `/${ids.reverse().join("/")}/`;
	}

	/** The account and everything below it. */
	branch(id: number): number[] {
		return [...this.accounts.keys()].filter((one) => this.chain(one).some((above) => above.id === id));
	}

	hasChildren(id: number): boolean {
		return [...this.accounts.values()].some((one) => one.parentId === id);
	}

	isActive(id: number, now: number): boolean {
		return this.chain(id).every(
			({ state, blockedUntilUtc }) =>
				state === "active" || (state === "blocked" && blockedUntilUtc !== null && blockedUntilUtc <= now),
		);
	}

	rights(id: number): Right[] {
		return RIGHTS.filter((right) =>
			this.chain(id).every(({ kind, grants }) => {
				const [noun] = right.split(".");
				const isOfDealers = ["accounts", "prices"].includes(noun!) || right === "money.create";
				const isOfKind = kind === "admin" || (noun !== "providers" && (kind === "dealer" || !isOfDealers));
				return isOfKind && (grants === null || grants.includes(right));
			}),
		);
	}

	/** Whether the account may be moved below the other. */
	mayAttach(id: number, toId: number, depthMax: number): boolean {
		const [account, to] = [this.accounts.get(id)!, this.accounts.get(toId)!];
		const above = this.chain(toId);
		if (account.parentId === null || account.parentId === toId || above.some((one) => one.id === id)) return false;
		if (to.kind === "client" || account.state === "closed" || above.some((one) => one.state === "closed")) return false;
		const depths = this.branch(id).map((one) => this.chain(one).findIndex((above) => above.id === id) + 1);
		return above.length + Math.max(...depths) <= depthMax;
	}
}
