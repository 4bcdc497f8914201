import type { TFunction } from "i18next";
import { countryName } from "#app/lib/country.ts";
import { formatMoment } from "#app/lib/format.ts";
import { isLocale, LOCALE_NAMES } from "#app/lib/locale.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Change } from "#app/modules/accounts/changes-since.server.ts";
import { describeWho } from "#app/modules/audit/describe-entry.ts";

/** Stands under a field that somebody else has changed meanwhile: what it was, what it is, who and when. */
export function ChangedNote({ change }: { change: Change | undefined }) {
	const t = useT("accounts");
	const { locale, timeZone } = usePage();
	if (!change) return null;
	const shown = (text: string) => {
		if (text === "") return t("stale.empty");
		if (change.fact === "locale" && isLocale(text)) return LOCALE_NAMES[text];
		return change.fact === "country" ? countryName(locale, text) : text;
	};
	const who = describeWho(t as unknown as TFunction, change.who);
	return (
		<div className="changed small">
			<p>{t("stale.who", { who, at: formatMoment(locale, timeZone, change.atUtc) })}</p>
			<dl>
				<dt>{t("stale.was")}</dt>
				<dd className="lines" dir="auto">
					{shown(change.was)}
				</dd>
				<dt>{t("stale.now")}</dt>
				<dd className="lines" dir="auto">
					{shown(change.now)}
				</dd>
			</dl>
		</div>
	);
}
