import type { MessageState } from "#app/modules/messages/message-state.ts";
import type { Tone } from "../status-dot.tsx";

export const MESSAGE_TONES: Record<Exclude<MessageState, "claimed">, Tone> = {
	queued: "idle",
	handed_over: "info",
	unknown: "warn",
	sent: "info",
	delivered: "good",
	read: "good",
	rejected: "bad",
	failed: "bad",
	expired: "bad",
	cancelled: "idle",
};

/** In the order of their lists. */
export const SHOWN_STATES = Object.keys(MESSAGE_TONES) as (keyof typeof MESSAGE_TONES)[];
