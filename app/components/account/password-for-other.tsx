import { useT } from "#app/lib/page-context.ts";
import { PASSWORD_MAX } from "#app/modules/access/sign-in.schema.ts";
import { TextField } from "../field.tsx";
import type { FormField } from "../form-field.ts";

/** A password that is set for another person: seen as it is typed, or left to be made. */
export function PasswordForOther({ field }: { field: FormField }) {
	const t = useT("accounts");
	return (
		<TextField
			field={field}
			label={t("password")}
			help={t("password_help")}
			maxLength={PASSWORD_MAX}
			autoComplete="off"
		/>
	);
}
