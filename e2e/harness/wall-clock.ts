/** What a person in the zone types to mean the minute that `aheadMs` from now lies in. Negative: in the past. */
export function wallClock(timeZone: string, aheadMs: number): { date: string; time: string } {
	const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
	const [date, time] = format.format(Date.now() + aheadMs).split(" ");
	return { date: date!, time: time! };
}
