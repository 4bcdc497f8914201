import { useT } from "#app/lib/page-context.ts";
import { ChoiceField } from "../choice-field.tsx";
import { TextField } from "../field.tsx";
import type { FormField } from "../form-field.ts";

/** From when prices hold: at once, or from the beginning of a day. */
export function WhenFields({ when, date, timeZone }: { when: FormField; date: FormField; timeZone: string }) {
	const t = useT("prices");
	return (
		<>
			<ChoiceField
				field={when}
				legend={t("from")}
				standard="now"
				options={[
					{ value: "now", label: t("when.now") },
					{ value: "date", label: t("when.date") },
				]}
			/>
			<TextField field={date} type="date" label={t("when.day")} help={t("when.day_help", { timeZone })} />
		</>
	);
}
