import { z } from "zod";

const printable = z
	.string()
	.trim()
	.regex(/^[\x21-\x7e]{1,500}$/);

export const settingsSchema = z.object({
	/** Without a slash at the end. */
	baseUrl: z
		.url({ protocol: /^https?$/ })
		.refine((url) => !/[/?#\s]$|[?#]/.test(url))
		.meta({ standard: "https://api.turbosms.ua" }),
	authToken: printable.meta({ isSecret: true }),
	/** Signs the callbacks that are switched on in TurboSMS's own panel. Without it they are not, and messages are asked about. */
	callbackSecret: z
		.string()
		.trim()
		.regex(/^[\x21-\x7e]{0,500}$/)
		.default("")
		.meta({ isSecret: true, hasHelp: true }),
});

export type TurbosmsSettings = z.infer<typeof settingsSchema>;
