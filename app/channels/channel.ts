import type { z } from "zod";
import type { CauseKey } from "./causes.ts";

export type ChannelName = "viber" | "whatsapp" | "sms";

/** What one campaign says, as every adapter gets it. */
export type Content = ContentFrame & ContentBody;
export type ContentKind = ContentBody["kind"];

interface ContentFrame {
	sender: string;
	/** Seconds that the provider may try for; adapters clamp it to what their provider takes. */
	validitySeconds: number;
	/**
	 * Whom this does not reach is written to by a second message of ours. Then the provider must not send in another way by itself,
	 * whatever its settings say: they would be written to twice.
	 */
	hasNextLeg?: boolean;
}

type ContentBody =
	| { kind: "text"; text: string }
	| { kind: "image"; imageUrl: string }
	| { kind: "image_text"; text: string; imageUrl: string }
	| { kind: "text_button"; text: string; button: LinkButton }
	| { kind: "image_text_button"; text: string; imageUrl: string; button: LinkButton };

export interface LinkButton {
	/** At most `limits.captionMax` characters. */
	caption: string;
	url: string;
}

export interface Recipient {
	/** Ours for this attempt; unique for ever within the installation; sent to the provider as the external id. */
	externalId: string;
	/** E.164 with the plus; or, on channels that know people by a name of their own, that. */
	to: string;
}

/** One call to a provider: one content to 1 … limits.bulkSize recipients. */
export interface SendCall {
	channel: ChannelName;
	content: Content;
	recipients: Recipient[];
	/** Where this provider is to report to, without a slash at the end; the adapter appends what it needs. */
	callbackUrl: string;
}

/** Why a provider refused. content, number, consent, duplicate are final for the message; balance and config stop the campaign until somebody mends them. */
export type RefusalKind = "content" | "number" | "consent" | "duplicate" | "balance" | "config";

/** What a call came to, for one recipient. There is no fifth outcome. */
export type SendResult =
	/** `state`: what the answer itself already says of the message. */
	| { type: "accepted"; state: "handed_over" | "sent"; providerMessageId?: string }
	/** Surely not taken. `cause` is a key of the one dictionary of causes. */
	| { type: "refused"; kind: RefusalKind; permanent: boolean; cause: CauseKey }
	/** Surely not taken, try again after the pause. */
	| { type: "throttled"; retryAfterMs: number; cause: CauseKey }
	/** May or may not have been taken: time-out, broken connection, 5xx, rubbish. Never repeated blindly. */
	| { type: "unknown"; cause: CauseKey };

/** Where every recipient of the call fared alike, one result stands for all; else results in the order of the recipients. */
export type SendOutcome = { all: SendResult } | { each: SendResult[] };

/** One thing that a provider said about one message, by callback or when asked. */
export interface Receipt {
	/** Null where the provider names only its own id: then `providerMessageId` says which message it is. */
	externalId: string | null;
	/** The provider's own id, spelled as the answer to the send had it. */
	providerMessageId?: string;
	/**
	 * How else the answer to the send may have spelled it, the likeliest first: some say it in hexadecimal digits there and in
	 * decimal ones here. Tried only where no message has the id as it stands; so only spellings that another message cannot have.
	 */
	otherSpellings?: readonly string[];
	/**
	 * The callback's own id, where the signature vouches for that and not for what is said: it speaks of one message for ever, the one that
	 * it named first. With a providerMessageId.
	 */
	signedId?: string;
	state: "handed_over" | "sent" | "delivered" | "read" | "failed" | "expired" | "rejected";
	cause?: CauseKey;
	/** The provider's own clock; undefined where it gave none that can be read. */
	atUtc?: number;
}

/** What is known of a message whose provider is asked about it. */
export interface AskedMessage {
	externalId: string;
	/** As the answer to the send had it; null where there was none. */
	providerMessageId: string | null;
	/** As in Recipient. */
	to: string;
	/** Unix ms: when its call began, or a little before. */
	sentAtUtc: number;
}

export type AskAnswer =
	| { type: "known"; receipts: Receipt[] }
	/** The provider says that it never took it: with idempotent ids it may be sent again under the same id. */
	| { type: "absent" }
	/** Could not be asked now. */
	| { type: "unanswered" };

export interface ChannelLimits {
	/** What the provider takes; whatever else a form offers, it is refused before it is sent. */
	kinds: readonly ContentKind[];
	textMax: number;
	/** Of a text beside a picture, where that is less. */
	imageTextMax?: number;
	/** Of a button's caption. */
	captionMax: number;
	/** Recipients in one call. */
	bulkSize: number;
	/** Seconds. */
	validityMax: number;
}

/** How requests leave: a thin port over undici, so that adapters know no pool and tests can look on. */
export interface Transport {
	/**
	 * @throws TransportError. `surelyNotSent` is true only where no byte of the request can have reached the provider
	 * (refused connection, unknown host).
	 */
	request(request: {
		method: "GET" | "POST";
		url: string;
		headers: Record<string, string>;
		body?: string;
	}): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: string }>;
}

/** A live connection to a provider that is no HTTP service, in the Transport's place. */
export interface Session extends Transport {
	/** Connects, and connects again whenever it breaks, until it is closed: what became of messages is told while nothing is sent, too. */
	keep(): void;
	/** Waits for the calls under way, then parts in good order. */
	close(): Promise<void>;
	/** Breaks off. */
	destroy(): Promise<void>;
}

export interface SessionHow {
	/** For the connection, and for each answer. */
	timeoutMs: number;
	/** "public": no address inside of our own network is connected to. */
	network: "public" | "any";
	/** Keeps what the provider said, as `readReceipts` will be given it; resolves once it is durable, and only then is the provider answered. */
	onReceipt(body: string): Promise<void>;
}

export class TransportError extends Error {
	override name = "TransportError";
	readonly surelyNotSent: boolean;
	readonly cause_: "timeout" | "network";
	constructor(message: string, how: { surelyNotSent: boolean; cause: "timeout" | "network" }) {
		super(message);
		this.surelyNotSent = how.surelyNotSent;
		this.cause_ = how.cause;
	}
}

/** What a provider says when it is merely asked whether it would let us in. */
export type ProbeAnswer =
	/** `balance`: a decimal number as the provider wrote it, with its currency (ISO 4217) where it names one. */
	| { type: "well"; balance?: { amount: string; currency: string | null } }
	| { type: "refused"; cause: CauseKey }
	| { type: "unanswered"; cause: CauseKey };

/** A callback as it came, for telling whether the provider itself sent it. */
export interface Callback {
	/** The whole address as the provider was given it, with what it hung on. */
	url: string;
	headers: Record<string, string | string[] | undefined>;
	body: string;
}

/** A delivery provider's way of speaking. Knows no database; everything it needs comes in. */
export interface ChannelAdapter<Settings> {
	name: string;
	/** A zod object; secrets are marked by `.meta({ isSecret: true })`: the form of the settings is made from it. */
	settings: z.ZodType<Settings>;
	/** The channels that it serves, each with what it takes there. */
	channels: Partial<Record<ChannelName, ChannelLimits>>;
	/** A repeated externalId is refused by the provider, so that a send whose fate is "absent" may be made again. */
	hasIdempotentIds: boolean;
	/** Ms from the send within which "absent" means "never taken"; after it the provider has merely forgotten. */
	absenceHoldsMs: number;
	/**
	 * Its callbacks, or its answers when it is asked, repeat nothing of ours: what it calls a message has to be kept. Then `accepted`
	 * always bears a providerMessageId, unlike any other at this provider for two weeks.
	 */
	namesOnlyItsOwnId(settings: Settings): boolean;
	/** It tells of itself what becomes of messages. One that does not is asked, where it can be. */
	hasCallbacks(settings: Settings): boolean;
	/**
	 * A session of its own, where the provider is no HTTP service: it is the transport of all other calls, and brings the receipts. It
	 * connects once it is needed, or kept.
	 */
	open?(settings: Settings, how: SessionHow): Session;
	/** Never throws for what a provider or the network can do: that is an outcome. */
	send(call: SendCall, settings: Settings, transport: Transport): Promise<SendOutcome>;
	/**
	 * Asks what became of messages; answers in their order, receipts with the external ids that were asked about. A message that the
	 * provider cannot be asked about, for want of its own id, is "unanswered". Absent where the provider cannot be asked at all.
	 */
	ask?(messages: AskedMessage[], settings: Settings, transport: Transport): Promise<AskAnswer[]>;
	/** Whether the provider lets us in, and what credit is left. Sends nothing. */
	probe(settings: Settings, transport: Transport): Promise<ProbeAnswer>;
	/**
	 * Whether a callback bears the provider's own signature. Absent where the provider signs nothing: then the unguessable
	 * address alone vouches for it.
	 */
	authenticate?(callback: Callback, settings: Settings): boolean;
	/**
	 * What a GET of the callback address (or of a path below it) means: a question whether the address is ours, to be answered
	 * with `answer`; or a callback whose `body`, to be read like a posted one, is in its query. Undefined: neither. Absent where
	 * the provider only posts.
	 */
	readGet?(query: string, settings: Settings): { answer: string } | { body: string } | undefined;
	/**
	 * What a callback says. `path` is what followed the callback address ("", "/seen", "/m/<external id>").
	 * @throws ReceiptRubbishError where the body is nothing that this provider sends.
	 */
	readReceipts(path: string, body: string, settings: Settings): Receipt[];
}

export class ReceiptRubbishError extends Error {
	override name = "ReceiptRubbishError";
}

/** @throws Error for a channel that the adapter does not serve: a provider row of a newer version. */
export function limitsOn(adapter: ChannelAdapter<unknown>, channel: ChannelName): ChannelLimits {
	const limits = adapter.channels[channel];
	if (!limits) throw new Error(`${adapter.name} does not serve ${channel}`);
	return limits;
}
