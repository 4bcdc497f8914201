import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { formatMoney, writeMicros } from "#app/lib/micros.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { getOwnLimits } from "#app/modules/limits/get-limits-page.server.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";

interface Props {
	page: ReturnType<typeof getOwnLimits>;
	lastResult: SubmissionResult | undefined;
}

/** When the account's people are told that little is left, and what it lets itself spend in a day. */
export function OwnLimitsForm({ page, lastResult }: Props) {
	const t = useT("bounds");
	const { locale } = usePage();
	const { currency } = page.standing;
	const typed = (micros: number | null) => (micros === null ? "" : writeMicros(micros));
	const defaultValue = { low: typed(page.lowMicros), cap: typed(page.ownCapMicros) };
	const [form, fields] = useForm<{ low: string; cap: string }>({ id: "limits", lastResult, defaultValue });
	const given = page.givenCapMicros;
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<h2>{t("own.title")}</h2>
			<ErrorSummary form={form} />
			<TextField
				field={fields.low}
				label={t("own.low", { currency })}
				help={t("own.low_help")}
				inputMode="decimal"
				autoComplete="off"
			/>
			<TextField
				field={fields.cap}
				label={t("own.cap", { currency })}
				help={given === null ? t("own.cap_help") : t("own.cap_given", { most: formatMoney(locale, given, currency) })}
				inputMode="decimal"
				autoComplete="off"
			/>
			<div>
				<SubmitButton>{t("save")}</SubmitButton>
			</div>
		</PostForm>
	);
}
