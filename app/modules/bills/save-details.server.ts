import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { partyForm, sellerForm } from "./bill.schema.ts";
import type { SellerDetails } from "./bill.ts";
import { detailsAccount, detailsOf } from "./bill-details.server.ts";

/**
 * Saves what stands on bills about an account: the own all of it, by somebody above what it is as a buyer. Bills that were issued
 * keep what they say.
 *
 * @param accountId undefined: the own.
 * @returns what is wrong with the form; undefined: saved.
 * @throws Response 403; AccountNotFoundError
 */
export async function saveDetails(
	actor: Actor,
	accountId: number | undefined,
	form: FormData,
): Promise<{ lastResult: FormReply; status: 422 } | undefined> {
	requireRight(actor, accountId === undefined ? "employees.update" : "accounts.update");
	const { isSeller } = readBooks((tx) => detailsAccount(tx, actor, accountId));
	const submission = parseWithZod(form, { schema: isSeller ? sellerForm : partyForm });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
	const { value } = submission;
	await inTx((tx) => {
		const account = detailsAccount(tx, actor, accountId);
		const before = detailsOf(tx, account.id);
		const after: SellerDetails = { ...before, ...value };
		const changed = (Object.keys(after) as (keyof SellerDetails)[]).filter((key) => after[key] !== before[key]);
		if (changed.length === 0) return;
		tx.sql(
			`INSERT INTO bill_details (account_id, legal_name, address, tax_id, payment, tax_rate, note)
			 VALUES (@accountId, @legalName, @address, @taxId, @payment, @taxRate, @note)
			 ON CONFLICT DO UPDATE SET legal_name = @legalName, address = @address, tax_id = @taxId, payment = @payment, tax_rate = @taxRate,
			   note = @note`,
		).run({ ...after, accountId: account.id });
		writeAudit(tx, actor, "bill.details", `account:${account.id}`, { changed }, account.path);
	});
	return undefined;
}
