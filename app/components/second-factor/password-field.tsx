import { useT } from "#app/lib/page-context.ts";
import { PASSWORD_MAX } from "#app/modules/access/sign-in.schema.ts";
import { TextField } from "../field.tsx";
import type { FormField } from "../form-field.ts";

/** The person's password once more. */
export function PasswordField({ field }: { field: FormField }) {
	const t = useT("factor");
	return (
		<TextField
			field={field}
			label={t("password")}
			type="password"
			autoComplete="current-password"
			maxLength={PASSWORD_MAX}
			isRequired
		/>
	);
}
