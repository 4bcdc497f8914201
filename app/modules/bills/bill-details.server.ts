import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight, requireRight } from "#app/modules/access/require-right.ts";
import { requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import type { Tx } from "#db/tx.ts";
import type { SellerDetails } from "./bill.ts";

export const NO_DETAILS: Readonly<SellerDetails> = {
	legalName: "",
	address: "",
	taxId: "",
	payment: "",
	taxRate: 0,
	note: "",
};

/** What stands on bills about an account; empty while nobody has said. The caller has asked whose it may be. */
export function detailsOf(tx: Tx, accountId: number): SellerDetails {
	const row = tx
		.sql<SellerDetails>(
			`SELECT legal_name AS legalName, address, tax_id AS taxId, payment, tax_rate AS taxRate, note
			   FROM bill_details WHERE account_id = ?`,
		)
		.get(accountId);
	return row ?? NO_DETAILS;
}

/** Whose details a page or a form is about. */
export interface DetailsAccount {
	id: number;
	name: string;
	path: string;
	isOwn: boolean;
	/** It makes bills itself, so that there is more to say. */
	isSeller: boolean;
}

/**
 * The account whose details may be changed: the own, by who manages its people; or one below.
 *
 * @param accountId undefined: the own.
 * @throws Response 403; AccountNotFoundError, also for the own account by its id.
 */
export function detailsAccount(tx: Tx, actor: Actor, accountId: number | undefined): DetailsAccount {
	if (accountId === undefined) {
		requireOwnRight(actor, "employees.update");
		const { id, name, path, kind } = actor.account;
		return { id, name, path, isOwn: true, isSeller: kind !== "client" };
	}
	requireRight(actor, "accounts.update");
	const { id, name, path } = requireAccountBelow(tx, actor, accountId);
	return { id, name, path, isOwn: false, isSeller: false };
}

/** @throws Response 403; AccountNotFoundError */
export function getDetailsPage(tx: Tx, actor: Actor, accountId: number | undefined) {
	const { path: _, ...account } = detailsAccount(tx, actor, accountId);
	return { account, details: detailsOf(tx, account.id) };
}
