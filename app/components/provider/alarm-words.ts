import type { TFunction } from "i18next";
import { formatDuration, formatShare } from "#app/lib/format.ts";
import type { Locale } from "#app/lib/locale.ts";
import type { AlarmKind } from "#app/modules/alarms/alarm.ts";

/** "Errors: 35%", in words. @param t of the namespace `alarms` */
export function alarmWords(
	t: TFunction,
	locale: Locale,
	{ kind, measured }: { kind: AlarmKind; measured: string },
): string {
	const value =
		kind === "errors"
			? formatShare(locale, Number(measured))
			: kind === "silence"
				? formatDuration(locale, Number(measured) * 60_000)
				: measured;
	return t(`alarms:kind.${kind}`, { value }) as string;
}
