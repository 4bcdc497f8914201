const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
	let format = formats.get(timeZone);
	if (!format) {
		format = new Intl.DateTimeFormat("en-CA-u-ca-iso8601-nu-latn", {
			timeZone,
			hourCycle: "h23",
			year: "numeric",
			month: "2-digit",
			day: "2-digit",
			hour: "2-digit",
			minute: "2-digit",
		});
		// There are some 600 zones: bounded.
		formats.set(timeZone, format);
	}
	return format;
}

/** The wall clock of a zone as the values of `<input type=date>` and `<input type=time>`. */
export function localOf(utc: number, timeZone: string): { date: string; time: string } {
	const parts = Object.fromEntries(
		formatOf(timeZone)
			.formatToParts(utc)
			.map(({ type, value }) => [type, value]),
	);
	return { date: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
}

export type LocalMoment =
	| { kind: "once"; utc: number }
	/** The clock shows it twice that day (it is set back): `utc` is the first. */
	| { kind: "twice"; utc: number }
	/** The clock jumps over it that day, or there is no such date. */
	| { kind: "never" };

/** The moment at which the clock of a zone shows this date ("2026-03-29") and time ("14:30"). */
export function momentOf(date: string, time: string, timeZone: string): LocalMoment {
	const asUtc = Date.parse(`${date}T${time.slice(0, 5)}:00Z`);
	if (Number.isNaN(asUtc)) return { kind: "never" };
	const found = new Set<number>();
	// A day before and after, whatever change of offset lies near has both its offsets among these.
	for (const near of [asUtc - DAY_MS, asUtc + DAY_MS]) {
		const local = localOf(near, timeZone);
		const offset = Date.parse(`${local.date}T${local.time}:00Z`) - Math.floor(near / MINUTE_MS) * MINUTE_MS;
		const candidate = asUtc - offset;
		const shown = localOf(candidate, timeZone);
		if (shown.date === date && shown.time === time.slice(0, 5)) found.add(candidate);
	}
	if (found.size === 0) return { kind: "never" };
	return { kind: found.size === 1 ? "once" : "twice", utc: Math.min(...found) };
}

/** Whether the zone's clock shows this moment's time a second time. */
export function isShownTwice(utc: number, timeZone: string): boolean {
	const { date, time } = localOf(utc, timeZone);
	return momentOf(date, time, timeZone).kind === "twice";
}
