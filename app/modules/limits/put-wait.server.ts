import { putNoticeToOwners } from "#app/modules/notices/put-notice.server.ts";
import type { Tx } from "#db/tx.ts";
import type { VolumeBrakeError } from "./limits.errors.ts";

/** Notes that a campaign waits for those above its account, and tells its dealer, in the transaction that pauses it. */
export function putWait(tx: Tx, of: { accountId: number; campaignId: number }, brake: VolumeBrakeError): void {
	const { people, dayMessages, allowed } = brake;
	tx.sql(
		`INSERT INTO limit_waits (campaign_id, account_id, people, day_messages, allowed, at_utc)
		 VALUES (@campaignId, @accountId, @people, @dayMessages, @allowed, @now)
		 ON CONFLICT (campaign_id) DO UPDATE SET people = @people, day_messages = @dayMessages, allowed = @allowed, at_utc = @now,
		    decision = NULL`,
	).run({ ...of, people, dayMessages, allowed, now: Date.now() });
	const row = tx
		.sql<{ name: string; accountName: string; parentId: number }>(
			`SELECT c.name, a.name AS accountName, a.parent_id AS parentId FROM campaigns c JOIN accounts a ON a.id = c.account_id
			  WHERE c.id = ? AND c.account_id = ?`,
		)
		.get(of.campaignId, of.accountId)!;
	const { parentId, ...names } = row;
	putNoticeToOwners(tx, parentId, "campaign.waits", { campaignId: of.campaignId, ...names, people });
}
