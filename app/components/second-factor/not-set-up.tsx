import { useT } from "#app/lib/page-context.ts";
import { LinkButton } from "../button.tsx";
import { useCabinetPath } from "../cabinet-path.ts";
import { EmptyState } from "../empty-state.tsx";

/** For pages about a second factor that the person does not have. */
export function NotSetUp() {
	const t = useT("factor");
	const path = useCabinetPath();
	return (
		<EmptyState
			title={t("none")}
			action={<LinkButton to={path("settings/second-factor/set-up")}>{t("set_up.title")}</LinkButton>}
		>
			{t("about")}
		</EmptyState>
	);
}
