import { z } from "zod";

export const settingsSchema = z.object({
	/** Each Infobip account has its own host: `https://<random>.api.infobip.com`, without a slash at the end. */
	baseUrl: z.url({ protocol: /^https?$/ }).refine((url) => !/[/?#\s]$|[?#]/.test(url), "errors:field.invalid"),
	/** Secret. Goes into a header, so that nothing but printable ASCII can be right. */
	apiKey: z
		.string()
		.trim()
		.regex(/^[\x21-\x7e]{1,500}$/)
		.meta({ isSecret: true }),
	/** Of the SMS that Infobip sends with the same words where Viber cannot deliver; empty: it sends none. */
	failoverSender: z
		.string()
		.trim()
		.regex(/^[\x20-\x7e]{0,15}$/)
		.default("")
		.meta({ hasHelp: true }),
});

export type InfobipSettings = z.infer<typeof settingsSchema>;
