import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { HTMLInputAutoCompleteAttribute, ReactNode } from "react";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import type { FormField } from "./form-field.ts";

interface Common {
	field: FormField;
	label: ReactNode;
	help?: ReactNode;
	isRequired?: boolean;
}

/** Label above, help beneath, error beside; tied together for screen readers. What was typed stays after an error. */
function useCommon({ field, label, help, isRequired }: Common) {
	const t = useT();
	const error = field.errors?.[0];
	return {
		id: field.id,
		name: field.name,
		label,
		description: help,
		error: error && translateIssue(t, error),
		required: isRequired,
		withAsterisk: false,
		defaultValue: typeof field.initialValue === "string" ? field.initialValue : undefined,
		inputWrapperOrder: ["label", "input", "description", "error"] as ("label" | "input" | "description" | "error")[],
		descriptionProps: { id: field.descriptionId },
		errorProps: { id: field.errorId, role: undefined },
		"aria-invalid": error ? true : undefined,
		"aria-describedby": [help && field.descriptionId, error && field.errorId].filter(Boolean).join(" ") || undefined,
	};
}

/** `<TextField field={fields.name} label={t("name")} help={t("name_help")} isRequired />` */
export function TextField(
	props: Common & {
		type?: "text" | "password" | "search" | "tel" | "url" | "email" | "number" | "date" | "time" | "datetime-local";
		autoComplete?: HTMLInputAutoCompleteAttribute;
		inputMode?: "numeric" | "decimal" | "tel" | "text";
		maxLength?: number;
		min?: string;
		autoFocus?: boolean;
		isUserText?: boolean;
	},
) {
	const { field, label, help, isRequired, isUserText, ...input } = props;
	const common = useCommon({ field, label, help, isRequired });
	const { defaultValue, ...rest } = common;
	return (
		<TextInput
			{...rest}
			{...input}
			defaultValue={input.type === "password" ? undefined : defaultValue}
			dir={isUserText ? "auto" : undefined}
		/>
	);
}

/** `<TextAreaField field={fields.text} label={t("text")} rows={6} maxLength={1000} />`: user text, so of its own direction. */
export function TextAreaField(props: Common & { rows?: number; maxLength?: number; isCode?: boolean }) {
	const { field, label, help, isRequired, rows = 5, isCode, ...input } = props;
	return (
		<Textarea
			{...useCommon({ field, label, help, isRequired })}
			{...input}
			rows={rows}
			resize="vertical"
			dir={isCode ? "ltr" : "auto"}
		/>
	);
}

/** `<SelectField field={fields.sender} label={t("sender")} options={[{ value: "1", label: "DemoShop" }]} />` */
export function SelectField(props: Common & { options: { value: string; label: string }[] }) {
	const { options, ...common } = props;
	return <NativeSelect {...useCommon(common)} data={options} />;
}
