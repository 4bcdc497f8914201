import { getFormProps, type useForm } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import { ENDS, type BlockForm as Fields, REASON_MAX } from "#app/modules/blocks/block.schema.ts";
import { LinkButton, SubmitButton } from "../button.tsx";
import { ChoiceField } from "../choice-field.tsx";
import { TextAreaField, TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";

/** Why and until when; of a new block, and of one that stands and is changed. */
export function BlockForm(props: {
	form: ReturnType<typeof useForm<Fields>>;
	version: number;
	timeZone: string;
	minDate: string;
	isNew: boolean;
	/** Where the account's page is. */
	back: string;
}) {
	const t = useT("blocks");
	const [form, fields] = props.form;
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<input type="hidden" name="version" value={props.version} />
			<TextAreaField field={fields.reason} label={t("reason")} help={t("reason_help", { max: REASON_MAX })} rows={3} />
			<ChoiceField
				field={fields.ends}
				legend={t("until")}
				standard="open"
				options={ENDS.map((value) => ({ value, label: t(`ends.${value}`) }))}
			/>
			<div className="row when">
				<TextField field={fields.date} label={t("date")} type="date" min={props.minDate} />
				<TextField field={fields.time} label={t("time")} help={t("time_help", { zone: props.timeZone })} type="time" />
			</div>
			<div className="row">
				<SubmitButton weight={props.isNew ? "danger" : "quiet"} name="intent" value="block">
					{props.isNew ? t("submit") : t("change.submit")}
				</SubmitButton>
				<LinkButton to={props.back} weight="quiet">
					{props.isNew ? t("keep") : t("leave")}
				</LinkButton>
			</div>
		</PostForm>
	);
}
