import { useT } from "#app/lib/page-context.ts";
import type { ClosingFigures as Figures } from "#app/modules/closing/get-closing-page.server.ts";
import { Num } from "../num.tsx";

const GOES = ["sign_ins", "contacts", "lists", "listed", "drafts", "waiting", "senders"] as const;

/** What goes and what stays when an account is closed, as it is at this moment. */
export function ClosingFigures({ figures }: { figures: Figures }) {
	const t = useT("blocks");
	const values = { ...figures, sign_ins: figures.signIns };
	return (
		<>
			<h2>{t("close.goes")}</h2>
			<dl className="facts figures">
				{GOES.map((key) => (
					<Figure key={key} label={t(`close.${key}`)} value={values[key]} />
				))}
			</dl>
			<h2>{t("close.stays")}</h2>
			<dl className="facts figures">
				<Figure label={t("close.campaigns")} value={figures.campaigns} />
				<dt>{t("close.audit")}</dt>
				<dd>{t("close.audit_stays")}</dd>
			</dl>
			<p className="soft small">{t("close.kept_for")}</p>
		</>
	);
}

function Figure({ label, value }: { label: string; value: number }) {
	return (
		<>
			<dt>{label}</dt>
			<dd>
				<Num value={value} />
			</dd>
		</>
	);
}
