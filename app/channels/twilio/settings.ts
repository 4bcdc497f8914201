import { z } from "zod";

const printable = z
	.string()
	.trim()
	.regex(/^[\x21-\x7e]{1,500}$/);

export const settingsSchema = z.object({
	/** `https://api.twilio.com`, or a region's host; without a slash at the end. */
	baseUrl: z.url({ protocol: /^https?$/ }).refine((url) => !/[/?#\s]$|[?#]/.test(url), "errors:field.invalid"),
	/** "AC…": stands in every address. */
	accountSid: printable.regex(/^AC[0-9a-zA-Z]{32}$/),
	/** The primary auth token: callbacks are signed with it, whatever requests are authorised by. */
	authToken: printable.meta({ isSecret: true }),
});

export type TwilioSettings = z.infer<typeof settingsSchema>;
