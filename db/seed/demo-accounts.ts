import type { AccountKind } from "#app/modules/access/actor.ts";

export interface DemoAccount {
	/** Of its one user, the owner. */
	login: string;
	kind: AccountKind;
	/** Login of the account above; null for the root. */
	under: string | null;
	name: string;
}

/** Parents stand before their children. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
	{ login: "admin", kind: "admin", under: null, name: "Head office" },
	{ login: "dealer", kind: "dealer", under: "admin", name: "North Dealer" },
	{ login: "dealer2", kind: "dealer", under: "admin", name: "South Dealer" },
	{ login: "client", kind: "client", under: "dealer", name: "Corner Shop" },
	{ login: "client2", kind: "client", under: "dealer", name: "Flower Shop" },
	{ login: "client3", kind: "client", under: "dealer2", name: "Book Shop" },
];

export function demoPassword(login: string): string {
	return `demo-${login}-2026`;
}
