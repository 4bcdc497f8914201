import type { ReactNode } from "react";
import { useT } from "#app/lib/page-context.ts";
import { CODE_MAX } from "#app/modules/second-factor/second-factor.schema.ts";
import { TextField } from "../field.tsx";
import type { FormField } from "../form-field.ts";

/** A code of the phone or, unless `isPhoneOnly`, a recovery code: those have letters, so that no keyboard of digits is asked for. */
export function CodeField(props: { field: FormField; help?: ReactNode; isPhoneOnly?: boolean; autoFocus?: boolean }) {
	const t = useT("factor");
	return (
		<TextField
			field={props.field}
			label={t(props.isPhoneOnly ? "code" : "code_or_recovery")}
			help={props.help}
			autoComplete="one-time-code"
			inputMode={props.isPhoneOnly ? "numeric" : "text"}
			maxLength={CODE_MAX}
			autoFocus={props.autoFocus}
			isRequired
		/>
	);
}
