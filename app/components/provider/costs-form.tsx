import { getFormProps, useForm } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import type { FailedCosts } from "#app/modules/providers/save-costs.server.ts";
import { CONTENT_KINDS } from "#app/modules/routing/content-kinds.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextAreaField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";
import { Losses } from "../pricing/losses.tsx";

/** A line for each cost, so that a price list can be pasted. */
export function CostsForm(props: {
	costs: string;
	currency: string;
	version: number;
	failed: FailedCosts | undefined;
}) {
	const t = useT("costs");
	const tr = useT("routing");
	const { failed } = props;
	const [form, fields] = useForm<{ costs: string }>({
		id: "costs",
		lastResult: failed?.lastResult,
		defaultValue: { costs: props.costs },
	});
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<ErrorSummary form={form} />
			<input type="hidden" name="version" value={props.version} />
			{failed?.losses && <Losses losses={failed.losses} currency={props.currency} meant={t("losses_meant")} />}
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
