import { readRights } from "#app/modules/access/rights.ts";
import type { NoticeDetails } from "#app/modules/notices/notice.ts";
import { putNotice } from "#app/modules/notices/put-notice.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import type { AlarmKind, Reading } from "./alarm.ts";

/**
 * Notes how something stands with a provider: everybody of its account who may see providers is told once when it begins to be wrong, and
 * once when it is over. Safe to run again with the same reading.
 */
export async function setAlarm(
	of: { accountId: number; providerId: number; name: string },
	kind: AlarmKind,
	reading: Reading,
): Promise<void> {
	if (reading.is === "same") return;
	await inTx((tx) => {
		const { accountId, providerId, name } = of;
		if (reading.is === "wrong") {
			const { measured } = reading;
			// One that lasts already stays as it is: the index lets no second one be open.
			const { changes } = tx
				.sql(
					`INSERT INTO provider_alarms (account_id, provider_id, kind, measured, raised_at_utc) VALUES (?, ?, ?, ?, ?)
					 ON CONFLICT DO NOTHING`,
				)
				.run(accountId, providerId, kind, measured, Date.now());
			if (changes > 0) tell(tx, accountId, { providerId, name, alarm: kind, measured, isOver: false });
			return;
		}
		const open = tx
			.sql<{ id: number; measured: string }>(
				"SELECT id, measured FROM provider_alarms WHERE account_id = ? AND provider_id = ? AND kind = ? AND ended_at_utc IS NULL",
			)
			.get(accountId, providerId, kind);
		if (!open) return;
		tx.sql("UPDATE provider_alarms SET ended_at_utc = ? WHERE id = ? AND account_id = ?").run(
			Date.now(),
			open.id,
			accountId,
		);
		tell(tx, accountId, { providerId, name, alarm: kind, measured: open.measured, isOver: true });
	});
}

function tell(tx: Tx, accountId: number, detail: NoticeDetails["provider.alarm"]): void {
	const people = tx
		.sql<{ userId: number; role: string; rights: string | null }>(
			`SELECT u.id AS userId, u.role, r.rights FROM users u LEFT JOIN roles r ON r.id = u.role_id AND r.account_id = u.account_id
			  WHERE u.account_id = ? AND u.state = 'active'`,
		)
		.all(accountId);
	for (const { userId, role, rights } of people) {
		const maySee = role === "owner" || (rights !== null && readRights(rights).has("providers.read"));
		if (maySee) putNotice(tx, { userId, accountId }, "provider.alarm", detail);
	}
}
