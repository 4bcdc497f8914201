import type { SendCall } from "../channel.ts";
import type { HttpRequest } from "../http-results.ts";
import { compiled } from "./compiled.ts";
import type { GenericHttpSettings } from "./settings.ts";
import { FIELDS, type FieldName, type FieldValues, fill, type Place, type Template } from "./template.ts";

const CONTENT_TYPES = {
	json: "application/json",
	form: "application/x-www-form-urlencoded",
	xml: "application/xml; charset=utf-8",
} as const;

/** The request for one message; undefined where the settings describe none for a picture or a button. */
export function requestOf(
	call: Pick<SendCall, "content" | "callbackUrl">,
	{ to, externalId }: SendCall["recipients"][number],
	settings: GenericHttpSettings,
): HttpRequest | undefined {
	const { content, callbackUrl } = call;
	const { url, body, richBody } = compiled(settings);
	const isPlain = content.kind === "text";
	const template = isPlain || settings.method === "GET" ? body : richBody;
	if (!template || (!isPlain && settings.method === "GET" && !saysMore(url))) return undefined;
	const values: FieldValues = {
		...ofSettings(settings),
		to: to.replace(/^\+/, ""),
		to_plus: to,
		text: "text" in content ? content.text : "",
		sender: content.sender,
		id: externalId,
		callback: callbackUrl,
		image: "imageUrl" in content ? content.imageUrl : "",
		button: "button" in content ? content.button.caption : "",
		button_url: "button" in content ? content.button.url : "",
		validity: String(Math.max(1, Math.floor(content.validitySeconds))),
	};
	const headers = headersOf(settings, values);
	if (settings.method === "GET") return { method: "GET", url: fill(url, values, "url"), headers };
	headers["content-type"] ??= CONTENT_TYPES[settings.bodyType];
	const place: Place = settings.bodyType;
	return { method: "POST", url: fill(url, values, "url"), headers, body: fill(template, values, place) };
}

/** The request that only asks; undefined where the settings name none. */
export function probeRequestOf(settings: GenericHttpSettings): HttpRequest | undefined {
	const { probeUrl } = compiled(settings);
	const values = ofSettings(settings);
	return probeUrl && { method: "GET", url: fill(probeUrl, values, "url"), headers: headersOf(settings, values) };
}

function saysMore({ fields }: Template): boolean {
	return fields.some((field) => field === "image" || field === "button_url");
}

function ofSettings({ secret1, secret2 }: GenericHttpSettings): FieldValues {
	const none = Object.fromEntries(FIELDS.map((name) => [name, ""])) as Record<FieldName, string>;
	return { ...none, secret1, secret2, basic: Buffer.from(`${secret1}:${secret2}`).toString("base64") };
}

function headersOf(settings: GenericHttpSettings, values: FieldValues): Record<string, string> {
	const headers: Record<string, string> = { accept: "*/*" };
	for (const { name, value } of compiled(settings).headers) headers[name] = fill(value, values, "header");
	return headers;
}
