import { useT } from "#app/lib/page-context.ts";
import { Alert } from "../alert.tsx";
import { LinkButton } from "../button.tsx";
import { useCabinetPath } from "../cabinet-path.ts";
import { useRoot } from "../frame/root-data.ts";

/** The codes, this once; to be printed or written down. Whose they are, and where they serve, stands on the paper, too. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
	const t = useT("factor");
	const path = useCabinetPath();
	const root = useRoot();
	return (
		<div className="stack">
			<Alert tone="warn" title={t("codes.once")}>
				{t("codes.keep")}
			</Alert>
			<p>
				<bdi>{root?.brand.name}</bdi> · <bdi>{root?.viewer?.login}</bdi>
			</p>
			<ol className="codes" dir="ltr">
				{codes.map((code) => (
					<li key={code}>
						<code>{code}</code>
					</li>
				))}
			</ol>
			<p>{t("codes.serve_once")}</p>
			<div className="row">
				<LinkButton to={path("settings/second-factor")}>{t("codes.kept")}</LinkButton>
			</div>
		</div>
	);
}
