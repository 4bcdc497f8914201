import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { SubmitButton } from "#app/components/button.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { useLineNames } from "#app/components/pricing/line-names.ts";
import { PriceTabs } from "#app/components/pricing/price-tabs.tsx";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getTermsPage } from "#app/modules/pricing/get-terms-page.server.ts";
import { saveTerms } from "#app/modules/pricing/save-terms.server.ts";
import { CHANNELS } from "#app/modules/routing/content-kinds.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("prices:tab.terms") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	return readBooks((tx) => getTermsPage(tx, actor));
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	const failed = await saveTerms(actor, await request.formData());
	if (failed) return data(failed, { status: failed.status });
	return redirect("/admin/prices");
}

export default function Terms() {
	const t = useT("prices");
	const names = useLineNames();
	const { terms, hash } = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader title={t("tab.terms")} note={t("terms.note")} />
			<PriceTabs now="terms" />
			{failed && <Alert tone="bad">{translateIssue(t as never, failed.issue)}</Alert>}
			<PostForm className="form" key={hash}>
				<input type="hidden" name="seen" value={hash} />
				{CHANNELS.map((channel) => (
					<fieldset className="field" key={channel}>
						<legend>{names.channel(channel)}</legend>
						{(["accepted", "delivered"] as const).map((on) => (
							<label className="choice" key={on}>
								<input type="radio" name={`${channel}.on`} value={on} defaultChecked={terms[channel].chargeOn === on} />
								<span>{t(`terms.on_${on}`)}</span>
							</label>
						))}
						<label className="choice">
							<input type="checkbox" name={`${channel}.refunds`} value="yes" defaultChecked={terms[channel].refunds} />
							<span>{t("terms.refunds")}</span>
						</label>
					</fieldset>
				))}
				<div>
					<SubmitButton>{t("terms.submit")}</SubmitButton>
				</div>
			</PostForm>
		</div>
	);
}
