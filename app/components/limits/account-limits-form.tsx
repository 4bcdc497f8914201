import { getFormProps, useForm } from "@conform-to/react";
import { writeMicros } from "#app/lib/micros.ts";
import { useT } from "#app/lib/page-context.ts";
import type { AccountLimitsPage } from "#app/modules/limits/get-limits-page.server.ts";
import type { FailedLimits } from "#app/modules/limits/save-limits.server.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";
import { BrakeFields } from "./brake-fields.tsx";

interface Values {
	cap: string;
	brake: string;
	factor: string;
	floor: string;
	firstDays: string;
}

/** What those above let an account spend in a day, and how much more than usual it may send. */
export function AccountLimitsForm({ page, failed }: { page: AccountLimitsPage; failed: FailedLimits | undefined }) {
	const t = useT("bounds");
	const { limits, standing, platform } = page;
	const typed = (n: number | null) => (n === null ? "" : String(n));
	const [form, fields] = useForm<Values>({
		id: "limits",
		lastResult: failed?.lastResult,
		defaultValue: {
			cap: limits.capMicros === null ? "" : writeMicros(limits.capMicros),
			brake: limits.isBrakeOff ? "off" : "on",
			factor: typed(limits.brakeFactor),
			floor: typed(limits.brakeFloor),
			firstDays: typed(limits.brakeFirstDays),
		},
	});
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<ErrorSummary form={form} />
			<input type="hidden" name="version" value={failed?.version ?? limits.version} />
			<TextField
				field={fields.cap}
				label={t("own.cap", { currency: standing.currency })}
				help={t("given.cap_help")}
				inputMode="decimal"
				autoComplete="off"
			/>
			<BrakeFields fields={fields} platform={platform} />
			<div>
				<SubmitButton>{t("save")}</SubmitButton>
			</div>
		</PostForm>
	);
}
