import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { useRightName } from "#app/components/team/right-name.ts";
import { RightsTable } from "#app/components/team/rights-table.tsx";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { accountPageOr404, accountTrouble } from "#app/modules/accounts/account-trouble.ts";
import { getRightsPage } from "#app/modules/accounts/get-rights-page.server.ts";
import { setAccountRights } from "#app/modules/accounts/set-account-rights.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("accounts:rights_page.title") };

export async function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId);
	return accountPageOr404(actor, id, () => readBooks((tx) => getRightsPage(tx, actor, id)));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await request.formData();
	const id = Number(params.accountId);
	const chosen = form.getAll("rights").map(String);
	const trouble = await setAccountRights(actor, id, Number(form.get("version")) || 0, chosen).catch(accountTrouble);
	if (!trouble) return redirect(accountPath(actor, id));
	return data({ trouble, chosen }, { status: trouble.status });
}

export default function AccountRights() {
	const t = useT("accounts");
	const path = useCabinetPath();
	const rightName = useRightName();
	const { id, name, version, grantable, checked, lost } = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader title={t("rights_page.title")} back={{ to: path(`accounts/${id}`), label: name }} />
			{failed && <Alert tone="bad">{translateIssue(t as never, failed.trouble.issue)}</Alert>}
			<p>
				{t("rights_page.what")} {t("rights_page.yours")}
			</p>
			<PostForm className="form">
				<input type="hidden" name="version" value={version} />
				{/* What was ticked stays so; what is saved now is told by opening the page anew. */}
				<RightsTable checked={failed?.chosen ?? checked} lost={[]} grantable={grantable} />
				{lost.length > 0 && <p className="help">{t("rights_page.lost", { rights: lost.map(rightName).join(", ") })}</p>}
				<div>
					<SubmitButton>{t("rights_page.submit")}</SubmitButton>
				</div>
			</PostForm>
		</div>
	);
}
