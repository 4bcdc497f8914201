import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Fragment } from "react";
import { Alert } from "#app/components/alert.tsx";
import { Avatar } from "#app/components/avatar.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { hasRight, reachesOwnAccount } from "#app/modules/access/require-right.ts";

export const handle: PageHandle = { title: (t) => t("settings:title") };

/** What belongs to the person: closed to whoever has entered the cabinet from outside. */
const PERSONAL = ["profile", "password", "second-factor", "sessions"] as const;
/** What belongs to the account. */
const OF_ACCOUNT = ["activity", "visits"] as const;
/** Of the account, for who manages its people. */
const OF_MANAGER = ["bill-details"] as const;
const DONE = ["password", "profile"] as const;

export function loader({ request }: LoaderFunctionArgs) {
	const { inside, user, actor } = requireSignedIn(request);
	const done = new URL(request.url).searchParams.get("done");
	const { userId, name, login, avatarKey, hasSecondFactor } = user;
	return {
		person: inside ? null : { userId, name, login, avatarKey, hasSecondFactor },
		isManager: hasRight(actor, "employees.update") && reachesOwnAccount(actor),
		done: DONE.find((one) => one === done) ?? null,
	};
}

export default function Settings() {
	const t = useT("settings");
	const { person, isManager, done } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader title={t("title")} />
			{done && <Alert tone="good">{t(`done.${done}`)}</Alert>}
			{person ? (
				<>
					<div className="row">
						<Avatar of={person} size={48} />
						<p>
							<b dir="auto">{person.name}</b>
							<br />
							<span className="soft small">
								<bdi>{person.login}</bdi>
							</span>
						</p>
					</div>
					<h2>{t("index.personal")}</h2>
					<PageList
						pages={PERSONAL}
						notes={{ "second-factor": person.hasSecondFactor ? t("index.on") : t("index.off") }}
					/>
				</>
			) : (
				<Alert tone="info">{t("index.inside")}</Alert>
			)}
			<h2>{t("index.of_account")}</h2>
			<PageList pages={isManager ? [...OF_ACCOUNT, ...OF_MANAGER] : OF_ACCOUNT} />
		</div>
	);
}

type Listed = (typeof PERSONAL)[number] | (typeof OF_ACCOUNT)[number] | (typeof OF_MANAGER)[number];

function PageList({ pages, notes = {} }: { pages: readonly Listed[]; notes?: Partial<Record<Listed, string>> }) {
	const t = useT("settings");
	const path = useCabinetPath();
	return (
		<dl className="facts">
			{pages.map((page) => (
				<Fragment key={page}>
					<dt>
						<Link discover="none" to={path(`settings/${page}`)}>
							{t(`index.${page}`)}
						</Link>
					</dt>
					<dd>{notes[page] ?? t(`index.${page}_text`)}</dd>
				</Fragment>
			))}
		</dl>
	);
}
