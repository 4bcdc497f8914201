import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { dateOfDay, dayOf, dayOfDate } from "#app/modules/ledger/money-day.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import { periodForm } from "./bill.schema.ts";
import { detailsOf } from "./bill-details.server.ts";
import { billTrouble } from "./bill-trouble.ts";
import { issueBill, requireBilled } from "./issue-bill.server.ts";

/** What the page of a new bill shows; the month that is over stands in its form. @throws Response 403; AccountNotFoundError */
export function getNewBillPage(tx: Tx, actor: Actor, buyerId: number, now = Date.now()) {
	const { id, name } = requireBilled(tx, actor, buyerId);
	const thisMonth = dayOfDate(`${dateOfDay(dayOf(now)).slice(0, 7)}-01`)!;
	const last = dateOfDay(thisMonth - 1);
	return {
		account: { id, name },
		values: { from: `${last.slice(0, 7)}-01`, to: last },
		lacksDetails: detailsOf(tx, actor.account.id).legalName === "",
		buyerLegalName: detailsOf(tx, buyerId).legalName || name,
	};
}

/** Issues the bill that a form asks for, or says what is wrong with it. @throws Response 403, 404 */
export async function submitBill(
	actor: Actor,
	buyerId: number,
	form: FormData,
): Promise<{ billId: number } | { lastResult: FormReply; status: 422 }> {
	// Who may not, is not told what is wrong with the form.
	try {
		readBooks((tx) => requireBilled(tx, actor, buyerId));
		const submission = parseWithZod(form, { schema: periodForm });
		if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
		const { from: fromDay, to: toDay } = submission.value;
		try {
			return { billId: await issueBill(actor, buyerId, { fromDay, toDay }) };
		} catch (error) {
			const { issue, status } = billTrouble(error);
			return { lastResult: submission.reply({ formErrors: [issue] }), status };
		}
	} catch (error) {
		if (error instanceof Response) throw error;
		billTrouble(error);
		throw error;
	}
}
