import { type SubmissionResult, useForm } from "@conform-to/react";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { DataTable } from "#app/components/data-table.tsx";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { SelectField, TextField } from "#app/components/field.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { accountPageOr404 } from "#app/modules/accounts/account-trouble.ts";
import { getSendersPage } from "#app/modules/accounts/get-senders-page.server.ts";
import { saveSender } from "#app/modules/accounts/save-sender.server.ts";
import { CHANNELS, SENDER_MAX } from "#app/modules/accounts/sender.schema.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("accounts:senders_page.title") };

export async function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId);
	return accountPageOr404(actor, id, () => readBooks((tx) => getSendersPage(tx, actor, id)));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await request.formData();
	const id = Number(params.accountId);
	const lastResult = await accountPageOr404(actor, id, () => saveSender(actor, id, form));
	if (!lastResult) return redirect(accountPath(actor, id, "senders"));
	return data({ lastResult }, { status: 422 });
}

export default function Senders() {
	const t = useT("accounts");
	const tc = useT("campaigns");
	const path = useCabinetPath();
	const { id, name, own, above } = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader title={t("senders_page.title")} back={{ to: path(`accounts/${id}`), label: name }} />
			<p>{t("senders_page.what")}</p>
			{own.length > 0 && (
				<PostForm>
					<DataTable
						caption={t("senders_page.own")}
						isCaptionShown
						rows={own}
						rowKey={(row) => row.id}
						columns={[
							{ key: "name", header: t("senders_page.name"), isMain: true, cell: (row) => <bdi>{row.name}</bdi> },
							{ key: "channel", header: t("senders_page.channel"), cell: (row) => tc(`channel.${row.channel}`) },
							{
								key: "remove",
								header: t("deeds"),
								cell: (row) => (
									<SubmitButton weight="quiet" name="remove" value={String(row.id)}>
										{t("senders_page.remove")} <bdi className="hidden">{row.name}</bdi>
									</SubmitButton>
								),
							},
						]}
					/>
				</PostForm>
			)}
			{above.length > 0 && (
				<p>
					{t("senders_page.above")}{" "}
					<bdi>{above.map((one) => `${one.name} (${tc(`channel.${one.channel}`)})`).join(", ")}</bdi>
				</p>
			)}
			<SenderForm lastResult={failed?.lastResult} />
		</div>
	);
}

function SenderForm({ lastResult }: { lastResult: SubmissionResult | undefined }) {
	const t = useT("accounts");
	const tc = useT("campaigns");
	const [form, fields] = useForm<{ channel: string; name: string }>({ id: "sender", lastResult });
	return (
		<PostForm className="form" id={form.id} noValidate>
			<h2>{t("senders_page.add")}</h2>
			<ErrorSummary form={form} />
			<TextField
				field={fields.name}
				label={t("senders_page.name")}
				help={t("senders_page.name_help", { max: SENDER_MAX })}
				maxLength={SENDER_MAX}
				isUserText
			/>
			<SelectField
				field={fields.channel}
				label={t("senders_page.channel")}
				options={CHANNELS.map((value) => ({ value, label: tc(`channel.${value}`) }))}
			/>
			<div>
				<SubmitButton>{t("senders_page.submit")}</SubmitButton>
			</div>
		</PostForm>
	);
}
