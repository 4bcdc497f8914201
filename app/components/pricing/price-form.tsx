import { getFormProps, useForm } from "@conform-to/react";
import { countryLabel } from "#app/lib/country.ts";
import { writeMicros } from "#app/lib/micros.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { PriceListPage } from "#app/modules/pricing/get-price-list.server.ts";
import type { FailedPrice } from "#app/modules/pricing/save-price.server.ts";
import { CHANNELS, CONTENT_KINDS } from "#app/modules/routing/content-kinds.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { SelectField, TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";
import { useLineNames } from "./line-names.ts";
import { Losses } from "./losses.tsx";
import { WhenFields } from "./when-fields.tsx";

interface Values {
	channel: string;
	country: string;
	kind: string;
	price: string;
	when: string;
	date: string;
}

/** A line that is added, or changed, or taken back. */
export function PriceForm({ page, failed }: { page: PriceListPage; failed: FailedPrice | undefined }) {
	const t = useT("prices");
	const tr = useT("routing");
	const names = useLineNames();
	const { locale, timeZone } = usePage();
	const { chosen, currency } = page;
	const [form, fields] = useForm<Values>({
		id: "price",
		lastResult: failed?.lastResult,
		defaultValue: chosen
			? {
					...{ channel: chosen.channel, kind: chosen.kind, when: "now", date: "" },
					country: chosen.country && countryLabel(locale, chosen.country),
					price: chosen.unitMicros === null ? "" : writeMicros(chosen.unitMicros),
				}
			: undefined,
	});
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<h2>{chosen ? t("change") : t("add")}</h2>
			<ErrorSummary form={form} />
			<input type="hidden" name="version" value={failed?.version ?? page.version} />
			{failed?.losses && <Losses losses={failed.losses} currency={currency} />}
			<SelectField
				field={fields.channel}
				label={t("channel")}
				options={CHANNELS.map((value) => ({ value, label: names.channel(value) }))}
			/>
			<TextField field={fields.country} label={tr("country")} help={tr("country_help")} isUserText />
			<SelectField
				field={fields.kind}
				label={tr("content")}
				options={["", ...CONTENT_KINDS].map((value) => ({ value, label: names.kind(value) }))}
			/>
			<TextField field={fields.price} label={t("price_in", { currency })} help={t("price_help")} inputMode="text" />
			<WhenFields when={fields.when} date={fields.date} timeZone={timeZone} />
			<div className="row">
				<SubmitButton name="deed" value="set">
					{t("submit")}
				</SubmitButton>
				{chosen && (
					<SubmitButton weight="quiet" name="deed" value="take_back">
						{t("take_back")}
					</SubmitButton>
				)}
			</div>
			{chosen && <p className="help">{t("take_back_help")}</p>}
		</PostForm>
	);
}
