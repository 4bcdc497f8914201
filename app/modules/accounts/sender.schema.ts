import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { tidyLine } from "#app/lib/tidy-line.ts";

export const CHANNELS = ["viber", "whatsapp", "sms"] as const;
export const SENDER_MAX = 28;
/** GSM 03.38: eleven characters of an alphanumeric sender; a phone number or a short code is digits only. */
const SMS_SENDER = /^(?:[A-Za-z0-9][A-Za-z0-9 ._&-]{0,10}|\+?\d{3,15})$/;

/** A sender name, as recipients see it. */
export const senderSchema = z
	.object({
		channel: z.enum(CHANNELS, "accounts:error.sender_channel"),
		name: z
			.string("accounts:error.sender_missing")
			.max(SENDER_MAX * 2, issue("accounts:error.too_long", { max: SENDER_MAX }))
			.transform(tidyLine)
			.refine((name) => name !== "", "accounts:error.sender_missing")
			.refine((name) => name.length <= SENDER_MAX, issue("accounts:error.too_long", { max: SENDER_MAX })),
	})
	.refine(({ channel, name }) => channel !== "sms" || SMS_SENDER.test(name), {
		path: ["name"],
		message: "accounts:error.sender_sms",
	});

export type SenderInput = z.output<typeof senderSchema>;
