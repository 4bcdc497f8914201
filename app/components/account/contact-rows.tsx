import type { FieldMetadata, FormMetadata } from "@conform-to/react";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { CONTACTS_MAX, type Contact } from "#app/modules/accounts/account.schema.ts";
import { SubmitButton } from "../button.tsx";
import { TextField } from "../field.tsx";

/** The persons of an account; rows come and go by the form itself, which is sent for it and keeps all that was typed. */
export function ContactRows(props: { form: Pick<FormMetadata, "insert" | "remove">; field: FieldMetadata<Contact[]> }) {
	const t = useT("accounts");
	const rows = props.field.getFieldList();
	const { form, field } = props;
	const intent = (made: { name: string; value: string }) => ({ name: made.name, value: made.value });
	return (
		<fieldset className="field" id={field.id}>
			<legend>{t("contacts")}</legend>
			{rows.map((row, index) => {
				const { name, phone, email } = row.getFieldset();
				return (
					<div className="contact" key={row.key}>
						<TextField field={name} label={t("contact.name")} isUserText />
						<TextField field={phone} label={t("contact.phone")} inputMode="tel" />
						<TextField field={email} label={t("contact.email")} />
						<SubmitButton weight="quiet" {...intent(form.remove.getButtonProps({ name: field.name, index }))}>
							{t("contact.remove")} <span className="hidden">{index + 1}</span>
						</SubmitButton>
					</div>
				);
			})}
			{rows.length < CONTACTS_MAX && (
				<div>
					<SubmitButton weight="quiet" {...intent(form.insert.getButtonProps({ name: field.name }))}>
						{t("contact.add")}
					</SubmitButton>
				</div>
			)}
			{field.errors?.[0] && <p className="error">{translateIssue(t, field.errors[0])}</p>}
		</fieldset>
	);
}
