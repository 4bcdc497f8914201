import type { ChannelAdapter } from "./channel.ts";
import { genericHttp } from "./generic-http/adapter.server.ts";
import { smpp34 } from "./sms/smpp/adapter.server.ts";
import { smsFly } from "./sms-fly/adapter.server.ts";
import { turbosms } from "./turbosms/adapter.server.ts";
import { twilio } from "./twilio/adapter.server.ts";
import { viberBot } from "./viber/bot/adapter.server.ts";
import { infobipViber } from "./viber/infobip/adapter.server.ts";
import { vonage } from "./vonage/adapter.server.ts";
import { whatsappCloud } from "./whatsapp/cloud/adapter.server.ts";

export type AdapterName =
	| "generic-http"
	| "infobip-viber"
	| "sms-fly"
	| "turbosms"
	| "smpp"
	| "twilio"
	| "viber-bot"
	| "vonage"
	| "whatsapp-cloud";

/** Every adapter by the name that the books keep. A new provider is one name and one line. */
export const adapters: Readonly<Record<AdapterName, ChannelAdapter<unknown>>> = {
	"generic-http": genericHttp,
	"infobip-viber": infobipViber,
	"sms-fly": smsFly,
	turbosms,
	smpp: smpp34,
	twilio,
	"viber-bot": viberBot,
	vonage,
	"whatsapp-cloud": whatsappCloud,
};

export function isAdapterName(name: string): name is AdapterName {
	return Object.hasOwn(adapters, name);
}

/** @throws Error for a name that this version does not know: a provider row of a newer one. */
export function requireAdapter(name: string): ChannelAdapter<unknown> {
	if (!isAdapterName(name)) throw new Error(`no adapter is called ${name}`);
	return adapters[name];
}
