import { useT } from "#app/lib/page-context.ts";

/** "Chrome, Windows"; where the browser does not say what it is: that. */
export function BrowserWords({ browser, system }: { browser: string; system: string }) {
	const t = useT("settings");
	if (!browser && !system) return <>{t("sessions.unknown_browser")}</>;
	return <bdi>{[browser, system].filter(Boolean).join(", ")}</bdi>;
}
