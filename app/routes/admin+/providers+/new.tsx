import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { ProviderForm } from "#app/components/provider/provider-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { connectProvider } from "#app/modules/providers/connect-provider.server.ts";
import { offeredProviders, readOffer } from "#app/modules/providers/offered-providers.ts";
import { providerForm, settingTroubles } from "#app/modules/providers/provider.schema.ts";
import { providerTrouble } from "#app/modules/providers/provider-trouble.ts";
import { settingFields, standardSettings } from "#app/modules/providers/setting-fields.ts";

export const handle: PageHandle = { title: (t) => t("providers:new.title") };

export function loader({ request }: LoaderFunctionArgs) {
	requireRight(requireActor(request, "admin"), "providers.create");
	const offer = readOffer(new URL(request.url).searchParams);
	if (!offer) return { offers: offeredProviders(), chosen: null };
	const { name, channel, adapter, limits } = offer;
	return { offers: [], chosen: { name, channel, fields: settingFields(adapter), bulkMax: limits.bulkSize } };
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	requireRight(actor, "providers.create");
	const offer = readOffer(new URL(request.url).searchParams);
	if (!offer) throw new Response(null, { status: 404 });
	const schema = providerForm(offer.adapter, offer.limits, true);
	const submission = parseWithZod(await request.formData(), { schema });
	if (submission.status !== "success") return data(submission.reply(), { status: 422 });
	const troubles = Object.entries(settingTroubles(offer.adapter, submission.value.settings));
	if (troubles.length > 0) {
		const fieldErrors = Object.fromEntries(troubles.map(([name, key]) => [`settings.${name}`, [key]]));
		return data(submission.reply({ fieldErrors }), { status: 422 });
	}
	const made = await connectProvider(actor, { adapter: offer.name, channel: offer.channel }, submission.value).catch(
		providerTrouble,
	);
	if (typeof made === "number") return redirect(`/admin/providers/${made}`);
	return data(submission.reply({ fieldErrors: made }), { status: 422 });
}

export default function NewProvider() {
	const t = useT("providers");
	const { offers, chosen } = useLoaderData<typeof loader>();
	const lastResult = useActionData<typeof action>();
	const back = chosen
		? { to: "/admin/providers/new", label: t("new.title") }
		: { to: "/admin/providers", label: t("title") };
	return (
		<div className="stack">
			<PageHeader
				title={chosen ? `${t(`adapter_name.${chosen.name}`)} · ${t(`channel_name.${chosen.channel}`)}` : t("new.title")}
				back={back}
				note={chosen ? t("new.then") : t("new.choose")}
			/>
			{chosen ? (
				<ProviderForm
					fields={chosen.fields}
					bulkMax={chosen.bulkMax}
					values={{
						name: "",
						bulkSize: chosen.bulkMax,
						connections: 8,
						settings: standardSettings(chosen.fields),
					}}
					isNew
					lastResult={lastResult}
				>
					{t("new.submit")}
				</ProviderForm>
			) : (
				<ul className="bullets">
					{offers.map(({ name, channel }) => (
						<li key={`${name}/${channel}`}>
							<Link discover="none" to={`?adapter=${name}&channel=${channel}`}>
								{t(`adapter_name.${name}`)} · {t(`channel_name.${channel}`)}
							</Link>
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
