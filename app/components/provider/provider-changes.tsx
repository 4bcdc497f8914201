import { useT } from "#app/lib/page-context.ts";
import type { ProviderChange } from "#app/modules/providers/save-provider.server.ts";
import { Alert } from "../alert.tsx";

/** What somebody else has changed while the form was being filled in, as it stands now. */
export function ProviderChanges({ changes }: { changes: ProviderChange[] }) {
	const t = useT("providers");
	const label = (field: string) => {
		if (field === "name" || field === "connections") return t(field);
		if (field === "bulkSize") return t("bulk_size");
		return t(`setting.${field.replace("settings.", "")}` as "setting.baseUrl");
	};
	return (
		<Alert tone="warn" title={t("changed.now")}>
			<dl className="facts">
				{changes.flatMap(({ field, now }) => [
					<dt key={field}>{label(field)}</dt>,
					<dd key={`${field}-now`} className="lines break" dir="auto">
						{now === null ? t("changed.secret") : now || t("changed.empty")}
					</dd>,
				])}
			</dl>
		</Alert>
	);
}
