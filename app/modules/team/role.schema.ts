import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { RIGHTS, type Right } from "#app/modules/access/rights.ts";
import { withReading } from "./reach.ts";

export const ROLE_NAME_MAX = 60;
/** Roles of one account: its lists are one page. */
export const ROLES_MAX = 50;
/** Accounts that one role is limited to. */
export const ONLY_ACCOUNTS_MAX = 100;
const ONLY_MAX_CHARS = 10_000;

/** Names of accounts as people list them: ids or logins, apart by spaces, commas or lines. */
function wordsOf(text: string): string[] {
	return [...new Set(text.split(/[\s,;،؛]+/).filter(Boolean))];
}

/** A role's form. Boxes of rights that there are not (any more) are passed over. */
export const roleSchema = z
	.object({
		name: z
			.string("team:error.role_name_missing")
			.transform((name) => name.normalize("NFC").replace(/\s+/g, " ").trim())
			.pipe(
				z
					.string()
					.min(1, "team:error.role_name_missing")
					.max(ROLE_NAME_MAX, issue("team:error.too_long", { max: ROLE_NAME_MAX })),
			),
		rights: z
			.array(z.string())
			.default([])
			.transform((words) => withReading(RIGHTS.filter((right) => words.includes(right)) as Right[])),
		reach: z.enum(["all", "only"], "team:error.reach").default("all"),
		only: z
			.string()
			.max(ONLY_MAX_CHARS, issue("team:error.too_long", { max: ONLY_MAX_CHARS }))
			.default("")
			.transform(wordsOf),
	})
	.superRefine(({ reach, only }, context) => {
		const say = (message: string) => context.addIssue({ code: "custom", path: ["only"], message });
		// Nothing listed must not come to mean everything.
		if (reach === "only" && only.length === 0) say("team:error.accounts_missing");
		if (only.length > ONLY_ACCOUNTS_MAX) say(issue("team:error.accounts_many", { max: ONLY_ACCOUNTS_MAX }));
	})
	.transform(({ reach, only, ...rest }) => ({ ...rest, only: reach === "only" ? only : null }));

export type RoleInput = z.output<typeof roleSchema>;
