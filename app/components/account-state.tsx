import { useT } from "#app/lib/page-context.ts";
import { StatusDot, type Tone } from "./status-dot.tsx";

const TONES = { active: "good", blocked: "bad", closed: "idle" } as const satisfies Record<string, Tone>;

/** An account's state as a word with a dot. */
export function AccountState({ state }: { state: keyof typeof TONES }) {
	const t = useT("accounts");
	return <StatusDot tone={TONES[state]}>{t(`state.${state}`)}</StatusDot>;
}
