import { getFormProps, useForm } from "@conform-to/react";
import type { FormReply } from "#app/lib/form-reply.ts";
import { useT } from "#app/lib/page-context.ts";
import { CONTENT_KINDS } from "#app/modules/routing/content-kinds.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextAreaField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";

/** A line for each cost, so that a price list can be pasted. */
export function CostsForm(props: {
	costs: string;
	currency: string;
	version: number;
	lastResult: FormReply | undefined;
}) {
	const t = useT("costs");
	const tr = useT("routing");
	const [form, fields] = useForm<{ costs: string }>({
		id: "costs",
		lastResult: props.lastResult,
		defaultValue: { costs: props.costs },
	});
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<ErrorSummary form={form} />
			<input type="hidden" name="version" value={props.version} />
			<TextAreaField
				field={fields.costs}
				label={t("label", { currency: props.currency })}
				help={t("help")}
				rows={12}
				isCode
			/>
			<details>
				<summary>{t("kinds")}</summary>
				<dl className="facts">
					{CONTENT_KINDS.flatMap((kind) => [
						<dt key={kind}>
							<code>{kind}</code>
						</dt>,
						<dd key={`${kind}-name`}>{tr(`kind.${kind}`)}</dd>,
					])}
				</dl>
			</details>
			<div>
				<SubmitButton>{t("submit")}</SubmitButton>
			</div>
		</PostForm>
	);
}
