import { MantineProvider } from "@mantine/core";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet } from "@remix-run/react";
import type { ReactNode } from "react";
import { ErrorPage } from "./components/error-page.tsx";
import type { RootData } from "./components/frame/root-data.ts";
import { usePageTitle } from "./components/page-title.ts";
import { usePage } from "./lib/page-context.ts";
import { firstPageOf } from "./modules/access/cabinet.ts";
import { localeOf, schemeOf } from "./modules/access/page-settings.server.ts";
import { reachesOwnAccount } from "./modules/access/require-right.ts";
import { signedInBy } from "./modules/access/signed-in-by.server.ts";
import { shownHold } from "./modules/backup/shown-hold.server.ts";
import { brandFor } from "./modules/brand/brand-for.server.ts";
import { shownBalance } from "./modules/money/shown-balance.server.ts";
import stylesheet from "./styles/app.css?url";

export function loader({ request }: LoaderFunctionArgs): RootData {
	const signedIn = signedInBy(request);
	const account = signedIn?.actor.account;
	return {
		locale: localeOf(request, signedIn),
		scheme: schemeOf(request),
		brand: brandFor(request),
		held: shownHold(),
		viewer:
			signedIn && account
				? {
						userId: signedIn.user.userId,
						name: signedIn.user.name,
						login: signedIn.user.login,
						accountId: account.id,
						accountName: account.name,
						kind: account.kind,
						timeZone: account.timeZone,
						firstPage: firstPageOf(signedIn.actor),
						rights: [...signedIn.actor.rights],
						reachesOwn: reachesOwnAccount(signedIn.actor),
						avatarKey: signedIn.user.avatarKey,
						unseenNotices: signedIn.user.unseenNotices,
						balance: shownBalance(signedIn.actor),
						inside: signedIn.inside && {
							id: signedIn.inside.id,
							homeName: signedIn.user.accountName,
							outerName: signedIn.inside.outerName,
							isReadOnly: signedIn.inside.isReadOnly,
							endsAtUtc: signedIn.inside.endsAtUtc,
						},
						lapsed: signedIn.lapsed,
					}
				: null,
	};
}

export function Layout({ children }: { children: ReactNode }) {
	const page = usePage();
	const title = usePageTitle();
	return (
		<html lang={page.locale} dir={page.dir} data-mantine-color-scheme={page.scheme}>
			<head>
				<meta charSet="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<link rel="stylesheet" href={stylesheet} />
				<link rel="icon" href="data:," />
				<title>{title}</title>
			</head>
			<body>
				<MantineProvider withCssVariables={false} withGlobalClasses={false}>
					{children}
				</MantineProvider>
			</body>
		</html>
	);
}

export default function Root() {
	return <Outlet />;
}

export function ErrorBoundary() {
	return <ErrorPage />;
}
