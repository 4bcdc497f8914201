import { type Fields, isFields } from "../../http-results.ts";

export interface Violation {
	property: string;
	violation: string;
}

export interface Destination {
	to: string;
	messageId: string | undefined;
}

/** Where reports of a message go, and what they repeat. */
export interface Hook {
	sender: string;
	deliveryUrl: string | undefined;
	seenUrl: string | undefined;
	callbackData: string | undefined;
}

export interface ReadMessage {
	hook: Hook;
	destinations: Destination[];
}

/** Fields that each kind of content must have; source: the OpenAPI 3.210.0. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
	TEXT: ["text"],
	IMAGE: ["mediaUrl"],
	VIDEO: ["mediaUrl"],
	FILE: ["fileName", "mediaUrl"],
	LIST: ["text", "options"],
	CAROUSEL: ["text", "cards"],
	TEMPLATE: ["templateId"],
};
const TEXT_MAX = 1000;
const MESSAGE_ID_MAX = 200;

/** Reads the body of a send as the provider does: either all messages, or what is wrong with it. */
export function readSend(body: string): { messages: ReadMessage[] } | { violations: Violation[] } {
	const violations: Violation[] = [];
	const messages = messagesOf(body);
	if (!messages) return { violations: [{ property: "messages", violation: "must not be empty" }] };
	const read = messages.map((message, at) => readMessage(message, `messages[${at}]`, violations));
	return violations.length > 0 ? { violations } : { messages: read };
}

function messagesOf(body: string): unknown[] | undefined {
	try {
		const parsed: unknown = JSON.parse(body);
		const messages = isFields(parsed) ? parsed.messages : undefined;
		return Array.isArray(messages) && messages.length > 0 ? messages : undefined;
	} catch {
		return undefined;
	}
}

function readMessage(message: unknown, path: string, violations: Violation[]): ReadMessage {
	const fields = isFields(message) ? message : {};
	const tell = (property: string, violation: string) => {
		violations.push({ property: `${path}.${property}`, violation });
	};
	if (!isText(fields.sender)) tell("sender", "must not be blank");
	checkContent(fields.content, tell);
	checkValidity(fields.options, tell);
	checkFailover(fields.options, tell);
	const hook = readHook(fields, tell);
	const destinations = Array.isArray(fields.destinations) ? fields.destinations : [];
	if (destinations.length === 0) tell("destinations", "must not be empty");
	return { hook, destinations: destinations.map((one: unknown, at) => readDestination(one, at, tell)) };
}

type Tell = (property: string, violation: string) => void;

function readDestination(destination: unknown, at: number, tell: Tell): Destination {
	const { to, messageId } = isFields(destination) ? destination : ({} as Fields);
	if (!isText(to)) tell(`destinations[${at}].to`, "must not be blank");
	else if (!/^\d{5,15}$/.test(to)) tell(`destinations[${at}].to`, "must be digits with the country code");
	if (messageId !== undefined && (typeof messageId !== "string" || messageId.length > MESSAGE_ID_MAX)) {
		tell(`destinations[${at}].messageId`, `size must be between 0 and ${MESSAGE_ID_MAX}`);
	}
	return { to: to as string, messageId: (messageId as string | undefined) || undefined };
}

function checkContent(content: unknown, tell: Tell) {
	const fields = isFields(content) ? content : {};
	const required = typeof fields.type === "string" && Object.hasOwn(REQUIRED, fields.type) && REQUIRED[fields.type];
	if (!required) return tell("content.type", "must be one of the known types");
	for (const name of required) {
		if (!isText(fields[name]) && !Array.isArray(fields[name])) tell(`content.${name}`, "must not be blank");
	}
	checkButton(fields, tell);
	if (fields.mediaUrl !== undefined && !isAddress(fields.mediaUrl)) tell("content.mediaUrl", "must be a valid URL");
	// In characters as Java counts them: UTF-16 units.
	if (isText(fields.text) && fields.text.length > TEXT_MAX) {
		tell("content.text", `size must be between 1 and ${TEXT_MAX}`);
	}
}

const CAPTION_MAX = 30;
const ADDRESS_MAX = 1000;

function checkButton(content: Fields, tell: Tell): void {
	if (content.button === undefined) return;
	const { title, action } = isFields(content.button) ? content.button : ({} as Fields);
	if (!isText(title) || title.length > CAPTION_MAX) {
		tell("content.button.title", `size must be between 1 and ${CAPTION_MAX}`);
	}
	if (!isAddress(action)) tell("content.button.action", "must be a valid URL");
	// A picture with a button says something, too.
	if (!isText(content.text)) tell("content.text", "must not be blank");
}

function isAddress(value: unknown): boolean {
	return isText(value) && value.length <= ADDRESS_MAX && /^https?:\/\/[^/\s]/.test(value);
}

function checkValidity(options: unknown, tell: Tell): void {
	const period = isFields(options) ? options.validityPeriod : undefined;
	if (period === undefined) return;
	const { amount, timeUnit } = isFields(period) ? period : ({} as Fields);
	if (!Number.isInteger(amount) || (amount as number) < 1) tell("options.validityPeriod.amount", "must be positive");
	if (timeUnit !== undefined && timeUnit !== "SECONDS" && timeUnit !== "MINUTES" && timeUnit !== "HOURS") {
		tell("options.validityPeriod.timeUnit", "must be one of SECONDS, MINUTES, HOURS");
	}
}

function checkFailover(options: unknown, tell: Tell): void {
	const failover = isFields(options) ? options.smsFailover : undefined;
	if (failover === undefined) return;
	const { text, sender } = isFields(failover) ? failover : ({} as Fields);
	if (!isText(text)) tell("options.smsFailover.text", "must not be blank");
	if (sender !== undefined && !isText(sender)) tell("options.smsFailover.sender", "must not be blank");
}

function readHook(message: Fields, tell: Tell): Hook {
	const webhooks = isFields(message.webhooks) ? message.webhooks : {};
	const urlOf = (name: "delivery" | "seen"): string | undefined => {
		const hook = webhooks[name];
		const url = isFields(hook) ? hook.url : undefined;
		if (url === undefined) return undefined;
		if (isText(url) && /^https?:\/\/[^/]/.test(url)) return url;
		tell(`webhooks.${name}.url`, "must be a valid URL");
		return undefined;
	};
	const { callbackData } = webhooks;
	return shared({
		sender: message.sender as string,
		deliveryUrl: urlOf("delivery"),
		seenUrl: urlOf("seen"),
		callbackData: isText(callbackData) ? callbackData : undefined,
	});
}

/** A million messages of one campaign remember one hook, not a million. */
function shared(hook: Hook): Hook {
	const key = JSON.stringify(hook);
	const known = hooks.get(key);
	if (known) return known;
	if (hooks.size >= HOOKS_MAX) hooks.clear();
	hooks.set(key, hook);
	return hook;
}

const HOOKS_MAX = 1000;
const hooks = new Map<string, Hook>();

function isText(value: unknown): value is string {
	return typeof value === "string" && value.trim() !== "";
}
