import { Form } from "@remix-run/react";
import { SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { useT } from "#app/lib/page-context.ts";

/** Leads straight to the account with exactly this id or login; what is no account's is searched for by the list. */
export function JumpBox() {
	const t = useT("lists");
	const path = useCabinetPath();
	return (
		<Form method="get" action={path("accounts")} className="jump" role="search" aria-label={t("jump.label")}>
			<label className="label" htmlFor="jump-to">
				{t("jump.label")}
			</label>
			<input id="jump-to" name="go" className="box" required maxLength={100} dir="auto" autoComplete="off" />
			<SubmitButton weight="quiet">{t("jump.submit")}</SubmitButton>
		</Form>
	);
}
