import type { Right } from "#app/modules/access/rights.ts";

/** What a new role can begin with; its name is translated when it is chosen, and then the account's own. Support sees masked numbers. */
export const ROLE_TEMPLATES = {
	support: ["campaigns.read", "accounts.read", "stops.create", "stops.read"],
	accountant: ["campaigns.read", "accounts.read", "money.read", "money.create", "prices.update", "audit.read"],
	campaign_manager: [
		"campaigns.create",
		"campaigns.read",
		"campaigns.update",
		"campaigns.delete",
		"stops.create",
		"stops.read",
		"numbers.read",
		"money.read",
	],
} as const satisfies Record<string, readonly Right[]>;

export type RoleTemplate = keyof typeof ROLE_TEMPLATES;
export const TEMPLATE_NAMES = Object.keys(ROLE_TEMPLATES) as RoleTemplate[];
