import { parseWithZod } from "@conform-to/zod/v4";
import { expect, it } from "vitest";
import { amountForm, creditForm, NOTE_MAX, zeroForm } from "./money.schema.ts";

function formOf(fields: Record<string, string>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries({ formKey: "key", amount: "1", note: "", ...fields }))
		form.set(name, value);
	return form;
}
const errorsOf = (fields: Record<string, string>) => {
	const submission = parseWithZod(formOf(fields), { schema: amountForm });
	return submission.status === "success" ? undefined : submission.error;
};

it.each([
	["", "amount_missing"],
	["   ", "amount_missing"],
	["0", "zero"],
	["0.000000", "zero"],
	["-5", "negative"],
	["\u22125", "negative"],
	["ten", "not_a_number"],
	["1e3", "not_a_number"],
	["1,000.00", "not_a_number"],
	["0.0000001", "too_fine"],
	["12,3456789", "too_fine"],
])("an amount of %j is refused: %s", (amount, why) => {
	expect(errorsOf({ amount })).toEqual({ amount: [`money:error.${why}`] });
});

it("an amount is read as people type it, with or without a note", () => {
	const read = (fields: Record<string, string>) => {
		const submission = parseWithZod(formOf(fields), { schema: amountForm });
		return submission.status === "success" ? submission.value : submission.error;
	};
	expect(read({ amount: " 12,50 " })).toEqual({ formKey: "key", amount: 12_500_000, note: "" });
	expect(read({ note: " Invoice 118\r\n " })).toEqual({ formKey: "key", amount: 1_000_000, note: "Invoice 118" });
});

it("a note that is too long or holds what cannot be shown is refused beside the note", () => {
	expect(errorsOf({ note: "x".repeat(NOTE_MAX + 1) })).toMatchObject({
		note: [expect.stringContaining("note_too_long")],
	});
	expect(errorsOf({ note: "a\u0007b" })).toEqual({ note: ["money:error.note_control"] });
	expect(errorsOf({ formKey: "" })).toMatchObject({ formKey: ["money:error.form_key"] });
});

it("a credit limit may be zero, and all is returned without an amount", () => {
	expect(parseWithZod(formOf({ amount: "0" }), { schema: creditForm }).status).toBe("success");
	expect(parseWithZod(formOf({ amount: "" }), { schema: zeroForm }).status).toBe("success");
});
