import type { ReactNode } from "react";

export type Tone = "good" | "warn" | "bad" | "info" | "idle";

/** A state as a word with a dot, never colour alone: `<StatusDot tone="good">{t("state.done")}</StatusDot>`. */
export function StatusDot(props: { tone: Tone; children: ReactNode }) {
	return (
		<span className="status" data-tone={props.tone}>
			{props.children}
		</span>
	);
}
