/** The offset of each zone is looked up by a formatter, which is dear to make. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The moment of "2026-03-01 11:00:05" on the clocks of a time zone, in Unix ms; undefined for what is no such text. Of an hour that
 * the clocks go through twice, one of the two.
 */
export function momentOfLocalTime(text: unknown, timeZone: string): number | undefined {
	const match = typeof text === "string" && /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?$/.exec(text.trim());
	if (!match) return undefined;
	const [year = 0, month = 0, ...rest] = match.slice(1).map((part) => Number(part ?? 0));
	const asIfUtc = Date.UTC(year, month - 1, ...rest);
	// The second look is for the hours after a change of the clocks.
	return asIfUtc - offsetMs(timeZone, asIfUtc - offsetMs(timeZone, asIfUtc));
}

function offsetMs(timeZone: string, at: number): number {
	let formatter = formatters.get(timeZone);
	if (!formatter) {
		formatter = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
		formatters.set(timeZone, formatter);
	}
	const name = formatter.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
	const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
	return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
