import { type FieldMetadata, getFormProps, useForm } from "@conform-to/react";
import { countryLabel } from "#app/lib/country.ts";
import type { FormReply } from "#app/lib/form-reply.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import { CONTENT_KINDS } from "#app/modules/routing/content-kinds.ts";
import type { RouteFrame, RouteValues } from "#app/modules/routing/get-route-page.server.ts";
import { TIER_MAX, WEIGHT_MAX } from "#app/modules/routing/route.schema.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { SelectField, TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";
import { PROVIDER_TONES } from "../provider/provider-deeds.tsx";
import { StatusDot } from "../status-dot.tsx";

/** Whom a route serves, and a line for each provider of the channel. */
export function RouteForm(props: {
	frame: RouteFrame;
	/** What the page shows; undefined for a new route. */
	version?: number;
	lastResult?: FormReply;
	submit: string;
	/** "?index" where the page is an index route. */
	action?: string;
}) {
	const t = useT("routing");
	const { locale } = usePage();
	const { values, providers } = props.frame;
	const country = values.country && countryLabel(locale, values.country);
	const [form, fields] = useForm<RouteValues>({
		id: "route",
		lastResult: props.lastResult,
		defaultValue: { ...values, country },
	});
	const lines = fields.steps.getFieldList();
	return (
		<PostForm className="form" action={props.action} {...getFormProps(form)}>
			<ErrorSummary form={form} />
			{props.version !== undefined && <input type="hidden" name="version" value={props.version} />}
			<TextField field={fields.account} label={t("account")} help={t("account_help")} isUserText />
			<TextField field={fields.country} label={t("country")} help={t("country_help")} isUserText />
			<SelectField
				field={fields.kind}
				label={t("content")}
				options={[
					{ value: "", label: t("any_kind") },
					...CONTENT_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
				]}
			/>
			<div>
				<h2>{t("providers")}</h2>
				<p className="help">{t("providers_help")}</p>
			</div>
			{providers.map((provider, i) => (
				<StepFields key={provider.id} provider={provider} line={lines[i]} index={i} />
			))}
			<div>
				<SubmitButton>{props.submit}</SubmitButton>
			</div>
		</PostForm>
	);
}

function StepFields(props: {
	provider: RouteFrame["providers"][number];
	line: FieldMetadata<RouteValues["steps"][number]> | undefined;
	index: number;
}) {
	const t = useT("routing");
	const tp = useT("providers");
	const { provider, line } = props;
	if (!line) return null;
	const fields = line.getFieldset();
	const tiers = Array.from({ length: TIER_MAX }, (_, i) => String(i + 1));
	return (
		<fieldset className="field">
			<legend>
				<bdi>{provider.name}</bdi>{" "}
				<StatusDot tone={PROVIDER_TONES[provider.state]}>{tp(`state.${provider.state}`)}</StatusDot>
			</legend>
			<input type="hidden" name={fields.providerId.name} value={provider.id} />
			<div className="row">
				<SelectField
					field={fields.tier}
					label={t("tier")}
					options={[{ value: "", label: t("tier_none") }, ...tiers.map((tier) => ({ value: tier, label: tier }))]}
				/>
				<TextField
					field={fields.weight}
					label={t("weight")}
					help={t("weight_help", { max: WEIGHT_MAX })}
					inputMode="numeric"
				/>
			</div>
		</fieldset>
	);
}
