import { z } from "zod";

export const settingsSchema = z.object({
	/** The one address of all its actions. */
	baseUrl: z
		.url({ protocol: /^https?$/ })
		.refine((url) => !/[#\s]/.test(url))
		.meta({ standard: "https://sms-fly.ua/api/v2/api.php" }),
	/** Goes into the body. */
	apiKey: z
		.string()
		.trim()
		.regex(/^[\x21-\x7e]{1,500}$/)
		.meta({ isSecret: true }),
});

export type SmsFlySettings = z.infer<typeof settingsSchema>;
