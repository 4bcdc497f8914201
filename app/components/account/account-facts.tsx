import { countryName } from "#app/lib/country.ts";
import { LOCALE_NAMES } from "#app/lib/locale.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { AccountPage } from "#app/modules/accounts/get-account-page.server.ts";
import { AccountState } from "../account-state.tsx";
import { Time } from "../time.tsx";

/** What is known of an account, one line each. */
export function AccountFacts({ page }: { page: AccountPage }) {
	const t = useT("accounts");
	const { locale } = usePage();
	const { account } = page;
	return (
		<dl className="facts">
			<dt>{t("id")}</dt>
			<dd>{account.id}</dd>
			<dt>{t("login")}</dt>
			<dd>
				<bdi>{account.ownerLogin}</bdi>
			</dd>
			<dt>{t("state.title")}</dt>
			<dd>
				<AccountState state={account.state} />
				<BlockNote account={account} />
			</dd>
			{account.city && <dt>{t("city")}</dt>}
			{account.city && <dd dir="auto">{account.city}</dd>}
			{page.contacts.length > 0 && <dt>{t("contacts")}</dt>}
			{page.contacts.length > 0 && (
				<dd>
					<Contacts contacts={page.contacts} />
				</dd>
			)}
			{account.note && <dt>{t("note")}</dt>}
			{account.note && (
				<dd className="lines" dir="auto">
					{account.note}
				</dd>
			)}
			<dt>{t("language")}</dt>
			<dd lang={account.locale}>{LOCALE_NAMES[account.locale]}</dd>
			<dt>{t("time_zone")}</dt>
			<dd>
				<bdi>{account.timeZone}</bdi>
			</dd>
			<dt>{t("country")}</dt>
			<dd>{countryName(locale, account.country)}</dd>
			<dt>{t("senders")}</dt>
			<dd>
				<bdi>{page.senders.map((one) => one.name).join(", ") || t("none")}</bdi>
			</dd>
			<dt>{t("users")}</dt>
			<dd>{page.people.map((one) => `${one.login} (${t(`role.${one.role}`)})`).join(", ") || t("none")}</dd>
			<dt>{t("created")}</dt>
			<dd>
				<Time atUtc={account.createdAtUtc} />
			</dd>
			<dt>{t("last_active")}</dt>
			<dd>{account.lastActiveAtUtc === null ? t("never_active") : <Time atUtc={account.lastActiveAtUtc} />}</dd>
		</dl>
	);
}

function BlockNote({ account }: { account: AccountPage["account"] }) {
	const t = useT("accounts");
	if (account.isBlockedAbove) return <p className="small soft">{t("state.above")}</p>;
	if (account.state !== "blocked") return null;
	return (
		<div className="small soft">
			{account.blockedUntilUtc !== null && (
				<p>
					{t("state.until")} <Time atUtc={account.blockedUntilUtc} />
				</p>
			)}
			{account.blockReason && <p dir="auto">{account.blockReason}</p>}
		</div>
	);
}

function Contacts({ contacts }: { contacts: AccountPage["contacts"] }) {
	return contacts.map((one) => (
		<div key={`${one.name} ${one.phone} ${one.email}`}>
			{one.name && <bdi>{one.name}</bdi>}{" "}
			{one.phone && (
				<a href={`tel:${one.phone}`}>
					<bdi>{one.phone}</bdi>
				</a>
			)}{" "}
			{one.email && (
				<a href={`mailto:${one.email}`}>
					<bdi>{one.email}</bdi>
				</a>
			)}
		</div>
	));
}
