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
