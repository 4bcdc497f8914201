import { useForm } from "@conform-to/react";
import { Form } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import { CHANNELS, CONTENT_KINDS } from "#app/modules/routing/content-kinds.ts";
import type { DryRunPage } from "#app/modules/routing/get-dry-run-page.server.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { SelectField, TextField } from "../field.tsx";

/** "This number, this account"; sent as an address, so that a question can be kept and shown to a colleague. */
export function DryRunForm({ page }: { page: DryRunPage }) {
	const t = useT("routing");
	const tp = useT("providers");
	const [form, fields] = useForm<{ number: string; account: string; channel: string; kind: string }>({
		id: "try",
		defaultValue: page.values,
		lastResult: page.lastResult,
	});
	return (
		<Form method="get" action="?" id={form.id} className="form" noValidate>
			<ErrorSummary form={form} />
			<TextField field={fields.number} label={t("try.number")} type="tel" isRequired />
			<TextField field={fields.account} label={t("account")} help={t("try.account_help")} isUserText />
			<SelectField
				field={fields.channel}
				label={tp("channel")}
				options={CHANNELS.map((channel) => ({ value: channel, label: tp(`channel_name.${channel}`) }))}
			/>
			<SelectField
				field={fields.kind}
				label={t("content")}
				options={CONTENT_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
			/>
			<div>
				<SubmitButton>{t("try.submit")}</SubmitButton>
			</div>
		</Form>
	);
}
