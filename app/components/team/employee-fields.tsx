import type { FieldMetadata } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import { EMAIL_MAX, PERSON_NAME_MAX, PHONE_MAX } from "#app/modules/team/employee.schema.ts";
import { SelectField, TextField } from "../field.tsx";

export interface RoleOption {
	id: number;
	name: string;
}

/** What is known of an employee; the forms of a new one and of one that is changed share it. */
export function EmployeeFields(props: {
	fields: Record<"name" | "email" | "phone" | "roleId", FieldMetadata<string>>;
	roles: RoleOption[];
}) {
	const t = useT("team");
	const { fields } = props;
	return (
		<>
			<TextField field={fields.name} label={t("name")} maxLength={PERSON_NAME_MAX} isUserText isRequired />
			<TextField field={fields.email} label={t("email")} type="email" maxLength={EMAIL_MAX} autoComplete="off" />
			<TextField field={fields.phone} label={t("phone")} type="tel" maxLength={PHONE_MAX} autoComplete="off" />
			<SelectField
				field={fields.roleId}
				label={t("role.title")}
				options={props.roles.map(({ id, name }) => ({ value: String(id), label: name }))}
			/>
		</>
	);
}
