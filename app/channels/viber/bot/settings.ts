import { z } from "zod";

export const settingsSchema = z.object({
	/** Without a slash at the end. */
	baseUrl: z
		.url({ protocol: /^https?$/ })
		.refine((url) => !/[/?#\s]$|[?#]/.test(url))
		.meta({ standard: "https://chatapi.viber.com/pa" }),
	/** The bot's; callbacks are signed with it. */
	authToken: z
		.string()
		.trim()
		.regex(/^[\x21-\x7e]{1,500}$/)
		.meta({ isSecret: true }),
});

export type ViberBotSettings = z.infer<typeof settingsSchema>;
