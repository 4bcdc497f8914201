import type { Content, Recipient } from "../../channel.ts";
import type { WhatsappCloudSettings } from "./settings.ts";

/** The body of `POST /messages` for one person; undefined where the settings name no template for this kind of content. */
export function messageOf(
	content: Content,
	{ to, externalId }: Recipient,
	settings: WhatsappCloudSettings,
): Record<string, unknown> | undefined {
	const said =
		settings.templateName || settings.imageTemplateName ? templateOf(content, settings) : freeFormOf(content);
	return (
		said && {
			messaging_product: "whatsapp",
			recipient_type: "individual",
			to: to.replace(/^\+/, ""),
			...said,
			// The only word of ours that callbacks repeat.
			biz_opaque_callback_data: externalId,
		}
	);
}

function freeFormOf(content: Content): Record<string, unknown> {
	if ("button" in content) {
		const { text, button } = content;
		const header = "imageUrl" in content ? { header: { type: "image", image: { link: content.imageUrl } } } : {};
		const parameters = { display_text: button.caption, url: button.url };
		const action = { name: "cta_url", parameters };
		return { type: "interactive", interactive: { type: "cta_url", ...header, body: { text }, action } };
	}
	if ("imageUrl" in content) {
		const caption = "text" in content ? { caption: content.text } : {};
		return { type: "image", image: { link: content.imageUrl, ...caption } };
	}
	return { type: "text", text: { body: content.text } };
}

function templateOf(content: Content, settings: WhatsappCloudSettings): Record<string, unknown> | undefined {
	const name = "imageUrl" in content ? settings.imageTemplateName : settings.templateName;
	if (!name) return undefined;
	const components: unknown[] = [];
	if ("imageUrl" in content)
		components.push({ type: "header", parameters: [{ type: "image", image: { link: content.imageUrl } }] });
	components.push({ type: "body", parameters: [{ type: "text", text: parameterOf(content) }] });
	const language = { code: settings.templateLanguage, policy: "deterministic" };
	return { type: "template", template: { name, language, components } };
}

/**
 * All words of a content in one parameter. A template's buttons are fixed at Meta, so that a button of ours follows the text as its
 * caption and address; and a parameter holds no line breaks, tabs or runs of more than four spaces: they become one space.
 */
function parameterOf(content: Content): string {
	const parts = ["text" in content ? content.text : ""];
	if ("button" in content) parts.push(`${content.button.caption}: ${content.button.url}`);
	// A parameter must not be empty; the picture is the message then.
	return (
		parts
			.join(" ")
			.replace(/[\s\u2028\u2029]*[\n\r\t\v\f\u2028\u2029]\s*| {2,}/g, " ")
			.trim() || "\u200b"
	);
}
