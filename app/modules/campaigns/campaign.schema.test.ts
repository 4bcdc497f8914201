import { describe, expect, it } from "vitest";
import { campaignForm } from "./campaign.schema.ts";

const now = Date.UTC(2026, 2, 1, 12, 0);
const channels = [
	{ channel: "sms" as const, textMax: 1600 },
	{ channel: "viber" as const, textMax: 1000 },
];
const form = campaignForm({ timeZone: "Europe/Kyiv", now, channels });
const good = { name: "", sender: "viber:DemoShop", text: "Hello", when: "now" };

function problems(change: Record<string, string | undefined>): Record<string, string> {
	const read = form.safeParse({ ...good, ...change });
	if (read.success) return {};
	return Object.fromEntries(
		read.error.issues.map((one) => [one.path.join("."), one.message.replace(/^campaigns:error\./, "")]),
	);
}

it("gives what a campaign is made of", () => {
	expect(form.parse(good)).toEqual({
		name: "Hello",
		sender: { channel: "viber", name: "DemoShop" },
		text: "Hello",
		startAtUtc: null,
	});
	const later = { ...good, name: " Spring ", when: "later", date: "2026-03-02", time: "14:00" };
	expect(form.parse(later)).toMatchObject({ name: "Spring", startAtUtc: Date.UTC(2026, 2, 2, 12, 0) });
});

it("names a campaign after the first words of its text", () => {
	const text = "Spring sale\nis open: everything for the garden at half the price";
	expect(form.parse({ ...good, text }).name).toBe("Spring sale is open: everything for the…");
});

it("says what is wrong with the date beside all else that is wrong, not one after the other", () => {
	const all = problems({ text: "a".repeat(1001), when: "later", date: "2026-02-01", time: "10:00" });
	expect(all).toEqual({ text: 'text_too_long|{"max":1000,"count":1}', date: "past" });
	expect(problems({ sender: "", when: "later" })).toMatchObject({ sender: "sender_missing", date: "date_missing" });
});

describe("the text", () => {
	it("is counted as browsers count it: line ends as one, an emoji as two", () => {
		expect(problems({ text: `${"a".repeat(998)}\r\nb` })).toEqual({});
		expect(problems({ text: "я".repeat(1000) })).toEqual({});
		expect(problems({ text: "😀".repeat(500) })).toEqual({});
		expect(problems({ text: "a".repeat(1001) })).toEqual({ text: 'text_too_long|{"max":1000,"count":1}' });
		expect(problems({ text: `${"😀".repeat(500)}.` })).toEqual({ text: 'text_too_long|{"max":1000,"count":1}' });
	});

	it("may be as long as its channel takes, and goes only where a provider is active", () => {
		expect(problems({ sender: "sms:Shop", text: "a".repeat(1600) })).toEqual({});
		expect(problems({ sender: "sms:Shop", text: "a".repeat(1601) })).toEqual({
			text: 'text_too_long|{"max":1600,"count":1}',
		});
		expect(problems({ sender: "whatsapp:Shop", text: "" })).toEqual({ sender: "channel_closed", text: "text_missing" });
		// While the sender is wrong, the longest of all is asked for.
		expect(problems({ sender: "", text: "a".repeat(1001) })).toEqual({ sender: "sender_missing" });
	});

	it("says something, and only in characters that can be sent", () => {
		for (const text of ["", " \n ", undefined]) expect(problems({ text })).toEqual({ text: "text_missing" });
		expect(problems({ text: "a\u0000b" })).toEqual({ text: "text_control" });
		expect(form.parse({ ...good, text: "half \ud83d" }).text).toBe("half \ufffd");
	});
});

it.each([
	[{ when: "later" }, { date: "date_missing" }],
	[{ when: "later", date: "2026-03-02" }, { time: "time_missing" }],
	[{ when: "later", date: "2026-03-01", time: "13:58" }, { date: "past" }],
	[{ when: "later", date: "2026-03-01", time: "14:00" }, {}],
	[{ when: "later", date: "2026-08-28", time: "10:00" }, {}],
	[{ when: "later", date: "2026-08-29", time: "10:00" }, { date: 'too_far|{"days":180}' }],
	[{ when: "later", date: "2026-03-29", time: "03:30" }, { time: "time_never" }],
	[{ when: undefined }, { when: "when_missing" }],
	[{ sender: undefined }, { sender: "sender_missing" }],
	[{ sender: "pigeon:X" }, { sender: "sender_missing" }],
	[{ name: "x".repeat(101) }, { name: 'name_too_long|{"max":100}' }],
])("%j gives %j", (change, expected) => {
	expect(problems(change)).toEqual(expected);
});
