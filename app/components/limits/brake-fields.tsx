import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Brake } from "#app/modules/limits/brake.ts";
import { ChoiceField } from "../choice-field.tsx";
import { TextField } from "../field.tsx";
import type { FormField } from "../form-field.ts";

/** How the brake tells a sudden volume from a usual one. `platform`: what an empty field means; undefined: none may be empty. */
export function BrakeFields(props: {
	fields: Record<"brake" | "factor" | "floor" | "firstDays", FormField>;
	platform?: Brake;
}) {
	const t = useT("bounds");
	const { locale } = usePage();
	const { fields, platform } = props;
	const standard = (n: number | undefined) =>
		n === undefined ? "" : ` ${t("brake.standard", { n: formatNumber(locale, n) })}`;
	return (
		<>
			<ChoiceField
				field={fields.brake}
				legend={t("brake.title")}
				help={t("brake.help")}
				standard="on"
				options={[
					{ value: "on", label: t("brake.on") },
					{ value: "off", label: t("brake.off") },
				]}
			/>
			<TextField
				field={fields.factor}
				label={t("brake.factor")}
				help={t("brake.factor_help") + standard(platform?.factor)}
				inputMode="numeric"
			/>
			<TextField
				field={fields.floor}
				label={t("brake.floor")}
				help={t("brake.floor_help") + standard(platform?.floor)}
				inputMode="numeric"
			/>
			<TextField
				field={fields.firstDays}
				label={t("brake.first_days")}
				help={t("brake.first_days_help") + standard(platform?.firstDays)}
				inputMode="numeric"
			/>
		</>
	);
}
