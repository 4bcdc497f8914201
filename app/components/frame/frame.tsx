import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useT } from "#app/lib/page-context.ts";
import { Avatar } from "../avatar.tsx";
import { Icon } from "../icon.tsx";
import { PostForm } from "../post-form.tsx";
import { BalanceLink } from "./balance-link.tsx";
import { HeldBanner } from "./held-banner.tsx";
import { InsideBanner } from "./inside-banner.tsx";
import { LanguageMenu, SchemeForm } from "./look-form.tsx";
import { MenuList } from "./menu-list.tsx";
import { NoticesLink } from "./notices-link.tsx";
import { useRoot } from "./root-data.ts";

/** What stands around every page of a cabinet: header, menu at the start edge (on phones: behind a button), the page. */
export function Frame({ children }: { children: ReactNode }) {
	const t = useT();
	const root = useRoot();
	const viewer = root?.viewer;
	if (!root || !viewer) return <OuterFrame>{children}</OuterFrame>;
	return (
		<>
			<a className="skip" href="#main">
				{t("skip")}
			</a>
			<HeldBanner held={root.held} viewer={viewer} />
			<InsideBanner viewer={viewer} />
			<header className="top">
				<details className="drop menu" name="top">
					<summary>
						<Icon name="menu" />
						<span className="hidden">{t("menu.label")}</span>
					</summary>
					<nav className="sheet" aria-label={t("menu.label")}>
						<MenuList viewer={viewer} />
					</nav>
				</details>
				<Link discover="none" className="brand" to={viewer.firstPage}>
					<bdi>{root.brand.name}</bdi>
				</Link>
				<BalanceLink viewer={viewer} look="bell" />
				{!viewer.inside && <NoticesLink viewer={viewer} />}
				<LanguageMenu />
				<details className="drop" name="top">
					<summary>
						{viewer.avatarKey ? <Avatar of={viewer} size={24} /> : <Icon name="user" />}
						<span className="hidden">{t("account")}: </span>
						<b dir="auto">{viewer.accountName}</b>
					</summary>
					<div className="sheet">
						<p className="soft small">
							<bdi>{viewer.name}</bdi> · <bdi>{viewer.login}</bdi>
						</p>
						<BalanceLink viewer={viewer} look="item" />
						<hr />
						<p className="soft small">{t("scheme.label")}</p>
						<SchemeForm />
						<hr />
						<PostForm action="/sign-out">
							<button className="item" type="submit">
								<Icon name="signOut" flip />
								{t("sign_out")}
							</button>
						</PostForm>
					</div>
				</details>
			</header>
			<div className="body">
				<nav className="side" aria-label={t("menu.label")}>
					<MenuList viewer={viewer} />
				</nav>
				<main className="page" id="main" tabIndex={-1}>
					{children}
				</main>
			</div>
		</>
	);
}

/** Around the pages of strangers: the brand and the language. */
export function OuterFrame({ children }: { children: ReactNode }) {
	const t = useT();
	const root = useRoot();
	return (
		<>
			<a className="skip" href="#main">
				{t("skip")}
			</a>
			<HeldBanner held={root?.held ?? null} viewer={null} />
			<header className="top">
				<Link discover="none" className="brand" to="/">
					<bdi>{root?.brand.name}</bdi>
				</Link>
				<LanguageMenu />
			</header>
			<main className="gate" id="main" tabIndex={-1}>
				{children}
			</main>
		</>
	);
}
