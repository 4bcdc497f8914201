import { useT } from "#app/lib/page-context.ts";
import type { SavedStops } from "#app/modules/stops/save-stops.server.ts";
import { Alert } from "../alert.tsx";

/** How many people were put on the list, and how many had been on it. */
export function SavedNote({ saved: { added, known } }: { saved: SavedStops }) {
	const t = useT("stops");
	return (
		<Alert tone="good">
			{t("saved.added", { count: added })} {known > 0 && t("saved.known", { count: known })}
		</Alert>
	);
}
