import type { FieldMetadata, FormMetadata } from "@conform-to/react";
import type { ReactNode } from "react";
import { LOCALE_NAMES, LOCALES } from "#app/lib/locale.ts";
import { useT } from "#app/lib/page-context.ts";
import type { Contact } from "#app/modules/accounts/account.schema.ts";
import { SelectField, TextAreaField, TextField } from "../field.tsx";
import { ContactRows } from "./contact-rows.tsx";

/** What is typed of an account, whether it is made or changed. */
export interface FactForm extends Record<"name" | "city" | "note" | "locale" | "timeZone" | "country", string> {
	contacts: Contact[];
}

/** What is written down of an account: the fields that making and changing one share. `beside`: what stands under a field. */
export function FactFields(props: {
	form: Pick<FormMetadata, "insert" | "remove">;
	fields: { [Fact in keyof FactForm]: FieldMetadata<FactForm[Fact]> };
	hasNote: boolean;
	beside?: (field: keyof FactForm) => ReactNode;
}) {
	const t = useT("accounts");
	const { form, fields, beside } = props;
	return (
		<>
			<div>
				<TextField field={fields.name} label={t("name")} isUserText isRequired />
				{beside?.("name")}
			</div>
			<div>
				<TextField field={fields.city} label={t("city")} isUserText />
				{beside?.("city")}
			</div>
			<div>
				<ContactRows form={form} field={fields.contacts} />
				{beside?.("contacts")}
			</div>
			{props.hasNote && (
				<div>
					<TextAreaField field={fields.note} label={t("note")} help={t("note_help")} rows={3} />
					{beside?.("note")}
				</div>
			)}
			<div>
				<SelectField
					field={fields.locale}
					label={t("language")}
					options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
				/>
				{beside?.("locale")}
			</div>
			<div>
				<TextField field={fields.timeZone} label={t("time_zone")} help={t("time_zone_help")} isRequired />
				{beside?.("timeZone")}
			</div>
			<div>
				<TextField field={fields.country} label={t("country")} help={t("country_help")} isRequired />
				{beside?.("country")}
			</div>
		</>
	);
}
