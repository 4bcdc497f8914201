import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { EditAccountForm } from "#app/components/account/edit-account-form.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useT } from "#app/lib/page-context.ts";
import { localeOf } from "#app/modules/access/page-settings.server.ts";
import { requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { accountPageOr404 } from "#app/modules/accounts/account-trouble.ts";
import { editAccountFrame } from "#app/modules/accounts/edit-account-frame.server.ts";
import { saveAccount } from "#app/modules/accounts/save-account.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("accounts:edit.title") };

export async function loader({ request, params }: LoaderFunctionArgs) {
	const signedIn = requireSignedIn(request);
	const { actor } = signedIn;
	const locale = localeOf(request, signedIn);
	const id = Number(params.accountId);
	return accountPageOr404(actor, id, () => readBooks((tx) => editAccountFrame(tx, actor, id, locale)));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const signedIn = requireSignedIn(request);
	const { actor } = signedIn;
	const form = await request.formData();
	const id = Number(params.accountId);
	const failed = await accountPageOr404(actor, id, () => saveAccount(actor, id, form, localeOf(request, signedIn)));
	if (!failed) return redirect(accountPath(actor, id));
	return data(failed, { status: failed.status });
}

export default function EditAccount() {
	const t = useT("accounts");
	const path = useCabinetPath();
	const frame = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader title={t("edit.title")} back={{ to: path(`accounts/${frame.id}`), label: frame.name }} />
			<EditAccountForm
				values={frame.values}
				hasNote={frame.hasNote}
				version={failed?.version ?? frame.version}
				lastResult={failed?.lastResult}
				changes={failed?.changes ?? []}
			/>
		</div>
	);
}
