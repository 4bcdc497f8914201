import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { LOCALES } from "#app/lib/locale.ts";
import { tidyLine } from "#app/lib/tidy-line.ts";
import { readTimeZone } from "#app/lib/time-zone.ts";
import { readNumber } from "#app/modules/audiences/read-number.ts";
import { NOTICE_KINDS, type NoticeKind } from "#app/modules/notices/notice.ts";

export const NAME_MAX = 100;
export const EMAIL_MAX = 254;
export const PHONE_MAX = 40;
export const ZONE_MAX = 100;
/** A picture as it comes from a phone. */
export const AVATAR_MAX_BYTES = 5 * 1024 * 1024;

const line = (max: number) =>
	z
		.string()
		.default("")
		.transform(tidyLine)
		.refine((text) => text.length <= max, issue("settings:profile.error.too_long", { count: max }));

/** Kinds that a person can do without. */
export const MUTABLE_KINDS: readonly NoticeKind[] = NOTICE_KINDS.filter((one) => one.canMute).map((one) => one.kind);

/** The name of a kind's box in the form. */
export const wantField = (kind: NoticeKind) => `want-${kind.replace(".", "-")}`;

/**
 * The form of one's own profile, without the boxes of notices (`wantField`).
 *
 * @param country that numbers without a country code are read with: the account's.
 */
export function profileSchema(country: string) {
	return z.object({
		name: line(NAME_MAX).refine((name) => name !== "", "settings:profile.error.name"),
		email: line(EMAIL_MAX).refine(
			(email) => email === "" || z.email().safeParse(email).success,
			"settings:profile.error.email",
		),
		phone: line(PHONE_MAX).transform((typed, context) => {
			if (typed === "") return "";
			const read = readNumber(typed, country);
			if ("phone" in read) return read.phone;
			context.addIssue({ code: "custom", message: "settings:profile.error.phone" });
			return z.NEVER;
		}),
		timeZone: line(ZONE_MAX).transform((typed, context) => {
			if (typed === "") return null;
			const zone = readTimeZone(typed);
			if (zone !== undefined) return zone;
			context.addIssue({ code: "custom", message: "settings:profile.error.time_zone" });
			return z.NEVER;
		}),
		locale: z
			.union([z.enum(LOCALES), z.literal("")], "settings:profile.error.locale")
			.default("")
			.transform((locale) => locale || null),
		forgetAvatar: z.string().optional(),
		version: z.coerce.number("settings:profile.error.version").int("settings:profile.error.version"),
	});
}

export interface ProfileInput extends z.output<ReturnType<typeof profileSchema>> {
	/** Kinds of notices that are wanted, of those that can be muted. */
	want: NoticeKind[];
}
