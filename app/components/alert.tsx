import { Alert as MantineAlert } from "@mantine/core";
import type { ReactNode } from "react";

const colours = { info: "blue", good: "green", warn: "yellow", bad: "red" } as const;

/**
 * A message about the whole page. `bad` and `warn` are announced at once, the others politely.
 *
 * `<Alert tone="bad" title={t("failed.title")}>{t("failed.what_now")}</Alert>`
 */
export function Alert(props: { tone: keyof typeof colours; title?: ReactNode; children?: ReactNode }) {
	return (
		<MantineAlert
			color={colours[props.tone]}
			title={props.title}
			role={props.tone === "bad" || props.tone === "warn" ? "alert" : "status"}
		>
			{props.children}
		</MantineAlert>
	);
}
