import { z } from "zod";

const printable = z
	.string()
	.trim()
	.regex(/^[\x21-\x7e]{1,1000}$/);
const templateName = z
	.string()
	.trim()
	.regex(/^[a-z0-9_]{0,512}$/)
	.default("");

/**
 * Without a template every message is free-form, which WhatsApp carries only within 24 hours of the person's last message. With
 * one, a campaign's words fill its only parameter, `{{1}}` of the body (message.ts says how).
 */
export const settingsSchema = z
	.object({
		/** Without a slash at the end. */
		baseUrl: z
			.url({ protocol: /^https?$/ })
			.refine((url) => !/[/?#\s]$|[?#]/.test(url))
			.meta({ standard: "https://graph.facebook.com" }),
		/** Each lives about two years. */
		apiVersion: z
			.string()
			.trim()
			.regex(/^v\d{1,3}\.\d{1,2}$/)
			.meta({ standard: "v23.0" }),
		/** Meta's id of the number, not the number. */
		phoneNumberId: z
			.string()
			.trim()
			.regex(/^\d{5,30}$/)
			.meta({ hasHelp: true }),
		/** Of a system user, with whatsapp_business_messaging. */
		accessToken: printable.meta({ isSecret: true }),
		/** Signs the callbacks. */
		appSecret: printable.meta({ isSecret: true }),
		/** Our own word, by which Meta is told at the set-up of the webhook that the address is ours. */
		verifyToken: printable.meta({ isSecret: true, hasHelp: true }),
		templateName: templateName.meta({ hasHelp: true }),
		/** For contents with a picture: a template whose header is one. */
		imageTemplateName: templateName.meta({ hasHelp: true }),
		templateLanguage: z
			.string()
			.trim()
			.regex(/^([a-z]{2,3}(_[A-Z]{2,3})?)?$/)
			.default("")
			.meta({ hasHelp: true }),
	})
	.refine((all) => all.templateLanguage !== "" || (all.templateName === "" && all.imageTemplateName === ""), {
		path: ["templateLanguage"],
		error: "providers:error.required",
	});

export type WhatsappCloudSettings = z.infer<typeof settingsSchema>;
