import type { Actor } from "#app/modules/access/actor.ts";
import { momentOf } from "#app/modules/campaigns/local-time.ts";
import type { InboxFilter } from "./inbox-filter.ts";

const MINUTE_MS = 60_000;

/** The filter's span of time by the clock of the actor's account: unix ms, from … up to, not including. */
export function inboxSpan(
	actor: Pick<Actor, "account">,
	{ from, to }: Pick<InboxFilter, "from" | "to">,
): { fromUtc: number | null; untilUtc: number | null } {
	const utcOf = (local: string) => {
		const [date = "", time = ""] = local.split("T");
		const moment = local ? momentOf(date, time, actor.account.timeZone) : undefined;
		return moment && moment.kind !== "never" ? moment.utc : null;
	};
	const until = utcOf(to);
	return { fromUtc: utcOf(from), untilUtc: until === null ? null : until + MINUTE_MS };
}
