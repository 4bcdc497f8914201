import { useT } from "#app/lib/page-context.ts";
import type { MessageState } from "#app/modules/messages/message-state.ts";
import { StatusDot } from "../status-dot.tsx";
import { MESSAGE_TONES } from "./message-tones.ts";

/** A message's state in words, with its dot. */
export function MessageDot({ state }: { state: MessageState }) {
	const t = useT("campaigns");
	const shown = state === "claimed" ? "queued" : state;
	return <StatusDot tone={MESSAGE_TONES[shown]}>{t(`message.${shown}`)}</StatusDot>;
}
