import { z } from "zod";

const printable = z
	.string()
	.trim()
	.regex(/^[\x21-\x7e]{1,500}$/);

export const settingsSchema = z.object({
	/** `https://api.nexmo.com`, or a region's host; without a slash at the end. */
	baseUrl: z.url({ protocol: /^https?$/ }).refine((url) => !/[/?#\s]$|[?#]/.test(url), "errors:field.invalid"),
	apiKey: printable,
	apiSecret: printable.meta({ isSecret: true }),
	/** Of the account, for signed callbacks; not the API secret. */
	signatureSecret: printable.meta({ isSecret: true }),
});

export type VonageSettings = z.infer<typeof settingsSchema>;
