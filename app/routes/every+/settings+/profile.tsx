import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { ProfileForm } from "#app/components/settings/profile-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { readUploadForm } from "#app/lib/read-upload-form.server.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { requireSelf } from "#app/modules/access/require-right.ts";
import { getProfile } from "#app/modules/profile/get-profile.server.ts";
import { AVATAR_MAX_BYTES } from "#app/modules/profile/profile.schema.ts";
import { readPicture } from "#app/modules/profile/read-picture.server.ts";
import { submitProfile } from "#app/modules/profile/submit-profile.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("settings:profile.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return readBooks((tx) => getProfile(tx, actor));
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request);
	// Before a picture is read for nothing.
	requireSelf(actor);
	const failed = await submitProfile(actor, await readUploadForm(request, AVATAR_MAX_BYTES, readPicture));
	if (!failed) return redirect(`/${actor.account.kind}/settings?done=profile`);
	return data(failed, { status: failed.status });
}

export default function Profile() {
	const t = useT("settings");
	const path = useCabinetPath();
	const profile = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader title={t("profile.title")} back={{ to: path("settings"), label: t("title") }} />
			<ProfileForm profile={profile} failed={failed} />
		</div>
	);
}
