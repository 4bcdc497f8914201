import { getFormProps, useForm } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import { NOTE_MAX } from "#app/modules/money/money.schema.ts";
import type { FailedMove } from "#app/modules/money/move-trouble.ts";
import { LinkButton, SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextAreaField, TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";

/** The form of a movement of money. A form that is sent twice moves once: it has a key of its own. */
export function MoveForm(props: {
	/** Undefined: there is none to type, it moves all there is. */
	amount?: { label: string; help?: string; value?: string };
	noteHelp: string;
	submit: string;
	formKey: string;
	failed: FailedMove | undefined;
	back: string;
	isDanger?: boolean;
}) {
	const t = useT("money");
	const { amount, failed } = props;
	const [form, fields] = useForm<{ amount: string; note: string }>({
		id: "move",
		lastResult: failed?.lastResult,
		defaultValue: { amount: amount?.value ?? "", note: "" },
	});
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<ErrorSummary form={form} />
			<input type="hidden" name="formKey" value={failed?.formKey ?? keptKey(failed) ?? props.formKey} />
			{amount && (
				<TextField
					field={fields.amount}
					label={amount.label}
					help={amount.help}
					autoComplete="off"
					inputMode="decimal"
					isUserText
					maxLength={30}
				/>
			)}
			<TextAreaField field={fields.note} label={t("note")} help={props.noteHelp} rows={2} maxLength={NOTE_MAX} />
			<div className="row">
				<SubmitButton weight={props.isDanger ? "danger" : "primary"}>{props.submit}</SubmitButton>
				<LinkButton to={props.back} weight="quiet">
					{t("leave")}
				</LinkButton>
			</div>
		</PostForm>
	);
}

/** A form that was refused keeps its key: whichever of its tries passes, passes once. */
function keptKey(failed: FailedMove | undefined): string | undefined {
	const kept = failed?.lastResult.initialValue?.formKey;
	return typeof kept === "string" && kept !== "" ? kept : undefined;
}
