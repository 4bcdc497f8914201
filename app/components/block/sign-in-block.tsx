import { formatMoment } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { ShownBlock } from "#app/modules/access/shown-block.server.ts";
import { Alert } from "../alert.tsx";

/** Why somebody with the right password is not let in, until when, and whom to ask. */
export function SignInBlock({ block }: { block: ShownBlock }) {
	const t = useT("blocks");
	const { locale } = usePage();
	const { reason, untilUtc, timeZone } = block;
	return (
		<Alert tone="bad" title={reason === null ? t("sign_in.title_above") : t("sign_in.title")}>
			{untilUtc !== null && (
				<p>{t("sign_in.until", { when: formatMoment(locale, timeZone, untilUtc), zone: timeZone })}</p>
			)}
			{reason !== null && (
				<>
					<p>{t("sign_in.reason")}</p>
					<p dir="auto" className="typed">
						{reason}
					</p>
				</>
			)}
			<p>{t("sign_in.ask")}</p>
		</Alert>
	);
}
