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
});

export type InfobipSettings = z.infer<typeof settingsSchema>;
