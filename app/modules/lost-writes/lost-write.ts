import type { AuditVerb } from "#app/modules/audit/audit-verbs.ts";
import { VERB_GROUP_NAMES, type VerbGroup } from "#app/modules/audit/trail-filter.ts";

/** What is no loss: whoever did it sees by itself that it has to be done again, or nothing was changed. The list has it all the same. */
export const NOT_TOLD: ReadonlySet<AuditVerb> = new Set([
	"sign-in",
	"sign-in.guessing",
	"sign-out",
	"cabinet.enter",
	"cabinet.leave",
	"money.export",
	"audit.export",
]);

/** What the list is asked for, as it stands in the address. */
export interface LostFilter {
	/** Number of the taking over that missed it; null: any. */
	epoch: number | null;
	/** A kind of deeds; null: all. */
	group: VerbGroup | null;
}

/** The filter that an address asks for; what makes no sense in it is passed over. */
export function readLostFilter(query: URLSearchParams): LostFilter {
	const epoch = Number(query.get("epoch"));
	return {
		epoch: Number.isSafeInteger(epoch) && epoch > 0 ? epoch : null,
		group: VERB_GROUP_NAMES.find((one) => one === query.get("verb")) ?? null,
	};
}
