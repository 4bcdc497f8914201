import { getFormProps, useForm } from "@conform-to/react";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { SubmitButton } from "#app/components/button.tsx";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { BrakeFields } from "#app/components/limits/brake-fields.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getPlatformBrake } from "#app/modules/limits/get-platform-brake.server.ts";
import { savePlatformBrake } from "#app/modules/limits/save-limits.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("bounds:brake.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	return readBooks((tx) => getPlatformBrake(tx, actor));
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	const failed = await savePlatformBrake(actor, await request.formData());
	if (failed) return data(failed, { status: failed.status });
	return redirect("/admin/brake");
}

export default function PlatformBrake() {
	const t = useT("bounds");
	const { isOff, factor, floor, firstDays } = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	const [form, fields] = useForm<Record<"brake" | "factor" | "floor" | "firstDays", string>>({
		id: "brake",
		lastResult: failed?.lastResult,
		defaultValue: {
			brake: isOff ? "off" : "on",
			factor: String(factor),
			floor: String(floor),
			firstDays: String(firstDays),
		},
	});
	return (
		<div className="stack">
			<PageHeader title={t("brake.title")} note={t("brake.note")} back={{ to: "/admin/limits", label: t("title") }} />
			<PostForm className="form" {...getFormProps(form)}>
				<ErrorSummary form={form} />
				<BrakeFields fields={fields} />
				<div>
					<SubmitButton>{t("save")}</SubmitButton>
				</div>
			</PostForm>
		</div>
	);
}
