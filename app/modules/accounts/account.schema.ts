import { z } from "zod";
import { readCountry } from "#app/lib/country.ts";
import { issue } from "#app/lib/issue.ts";
import { LOCALES } from "#app/lib/locale.ts";
import { tidyLine, tidyLines } from "#app/lib/tidy-line.ts";
import { readTimeZone } from "#app/lib/time-zone.ts";
import { newLoginSchema } from "#app/modules/access/login.schema.ts";
import { newPasswordField } from "#app/modules/access/password.schema.ts";
import { readNumber } from "#app/modules/audiences/read-number.ts";

export const NAME_MAX = 100;
export const CITY_MAX = 100;
export const NOTE_MAX = 2_000;
export const CONTACTS_MAX = 10;
export const EMAIL_MAX = 254;
const PHONE_TYPED_MAX = 40;
const PLACE_TYPED_MAX = 100;

const tooLong = (max: number) => issue("accounts:error.too_long", { max });
/** Tidied first, then measured: an empty line is "" and no mistake. No `pipe`: conform makes nothing of an empty text on the way. */
const text = (max: number, tidy: (typed: string) => string) =>
	z
		.string()
		.max(max * 2, tooLong(max))
		.transform(tidy)
		.refine((tidied) => tidied.length <= max, tooLong(max));
const line = (max: number) => text(max, tidyLine);

/** One person of an account, as typed; rows without a word are no contacts. */
const contact = z.object({
	name: line(NAME_MAX).default(""),
	phone: line(PHONE_TYPED_MAX).default(""),
	email: line(EMAIL_MAX)
		.refine((email) => email === "" || z.email().safeParse(email).success, "accounts:error.email")
		.default(""),
});

export type Contact = z.output<typeof contact>;

function readPlace(read: (typed: string) => string | undefined, unknown: string) {
	return z
		.string(unknown)
		.max(PLACE_TYPED_MAX, unknown)
		.transform((typed, context) => {
			const found = read(typed);
			if (found !== undefined) return found;
			context.addIssue({ code: "custom", message: unknown });
			return z.NEVER;
		});
}

/** What can be changed of an account at any time. */
const facts = z.object({
	name: z
		.string("accounts:error.name_missing")
		.max(NAME_MAX * 2, tooLong(NAME_MAX))
		.transform(tidyLine)
		.refine((name) => name !== "", "accounts:error.name_missing")
		.refine((name) => name.length <= NAME_MAX, tooLong(NAME_MAX)),
	city: line(CITY_MAX).default(""),
	note: text(NOTE_MAX, tidyLines).default(""),
	contacts: z
		.array(contact)
		.max(CONTACTS_MAX, issue("accounts:error.contacts_many", { max: CONTACTS_MAX }))
		.default([]),
	locale: z.enum(LOCALES, "accounts:error.locale"),
	timeZone: readPlace(readTimeZone, "accounts:error.time_zone"),
	country: readPlace(readCountry, "accounts:error.country"),
});

export type AccountFacts = z.output<typeof facts>;

/** Phones are read as people of the account's country write them, and kept in E.164. */
function readPhones<Form extends AccountFacts>(form: Form, context: z.RefinementCtx): Form {
	const contacts = form.contacts.map((one, index) => {
		if (one.phone === "") return one;
		const read = readNumber(one.phone, form.country);
		if ("phone" in read) return { ...one, phone: read.phone };
		context.addIssue({ code: "custom", path: ["contacts", index, "phone"], message: "accounts:error.phone" });
		return one;
	});
	return { ...form, contacts: contacts.filter((one) => one.name || one.phone || one.email) };
}

export const editAccountSchema = facts.transform(readPhones);

/** As newLoginSchema, which is a pipe (see `text`). */
const login = z.string("settings:login.error.required").transform((typed, context) => {
	const read = newLoginSchema.safeParse(typed);
	if (read.success) return read.data;
	for (const { message } of read.error.issues) context.addIssue({ code: "custom", message });
	return z.NEVER;
});

export const newAccountSchema = facts
	.extend({
		kind: z.enum(["client", "dealer"], "accounts:error.kind"),
		login,
		/** Left out: one is made. */ password: newPasswordField.optional(),
	})
	.transform(readPhones);

export type NewAccountInput = z.output<typeof newAccountSchema>;
