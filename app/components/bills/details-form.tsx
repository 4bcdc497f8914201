import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { useT } from "#app/lib/page-context.ts";
import { NAME_MAX, TAX_ID_MAX, TEXT_MAX } from "#app/modules/bills/bill.schema.ts";
import type { SellerDetails } from "#app/modules/bills/bill.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextAreaField, TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";

/** What stands on bills about an account; of one that makes bills itself, also how it is paid. */
export function DetailsForm(props: {
	details: SellerDetails;
	isSeller: boolean;
	lastResult: SubmissionResult | undefined;
}) {
	const t = useT("bills");
	const { details, isSeller } = props;
	const [form, fields] = useForm<Record<keyof SellerDetails, string>>({
		id: "bill-details",
		lastResult: props.lastResult,
		defaultValue: { ...details, taxRate: details.taxRate === 0 ? "" : String(details.taxRate / 100) },
	});
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<ErrorSummary form={form} />
			<TextField field={fields.legalName} label={t("details.legal_name")} maxLength={NAME_MAX} isUserText />
			<TextAreaField field={fields.address} label={t("details.address")} rows={3} maxLength={TEXT_MAX} />
			<TextField field={fields.taxId} label={t("tax_id")} maxLength={TAX_ID_MAX} isUserText />
			{isSeller && (
				<>
					<TextAreaField
						field={fields.payment}
						label={t("payment")}
						help={t("details.payment_help")}
						rows={4}
						maxLength={TEXT_MAX}
					/>
					<TextField
						field={fields.taxRate}
						label={t("details.tax_rate")}
						help={t("details.tax_rate_help")}
						inputMode="decimal"
						maxLength={10}
						autoComplete="off"
					/>
					<TextAreaField
						field={fields.note}
						label={t("details.note")}
						help={t("details.note_help")}
						rows={2}
						maxLength={TEXT_MAX}
					/>
				</>
			)}
			<div>
				<SubmitButton>{t("details.save")}</SubmitButton>
			</div>
		</PostForm>
	);
}
