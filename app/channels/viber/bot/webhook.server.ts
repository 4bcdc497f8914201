import type { Transport } from "../../channel.ts";
import { callProvider, readJsonFields } from "../../http-results.ts";
import type { ViberBotSettings } from "./settings.ts";

/** Where it failed it is tried again, but not with every call. */
const TRY_AGAIN_MS = 60_000;
const EVENTS = ["delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started"];

interface Told {
	callbackUrl: string;
	at: number;
	isDone: Promise<boolean>;
}

/** By the settings object, which stays the same for as long as the provider's row does. */
const told = new WeakMap<ViberBotSettings, Told>();

/**
 * Tells Viber where to report to: a bot has one address for everything, and sends nothing before it has one. Once in a process's
 * life for each address; Viber calls it at once and wants 200. Failing it says nothing: the send that follows does.
 */
export async function tellWebhook(
	callbackUrl: string,
	settings: ViberBotSettings,
	transport: Transport,
): Promise<void> {
	const known = told.get(settings);
	if (known?.callbackUrl === callbackUrl && ((await known.isDone) || Date.now() - known.at < TRY_AGAIN_MS)) return;
	const isDone = setWebhook(callbackUrl, settings, transport);
	told.set(settings, { callbackUrl, at: Date.now(), isDone });
	await isDone;
}

async function setWebhook(url: string, settings: ViberBotSettings, transport: Transport): Promise<boolean> {
	const made = await callProvider(transport, requestOf("set_webhook", settings, { url, event_types: EVENTS }));
	return "answer" in made && readJsonFields(made.answer.body)?.status === 0;
}

export function requestOf(path: string, { baseUrl, authToken }: ViberBotSettings, body: object) {
	return {
		method: "POST" as const,
		url: `${baseUrl}/${path}`,
		headers: { "x-viber-auth-token": authToken, "content-type": "application/json", accept: "application/json" },
		body: JSON.stringify(body),
	};
}
