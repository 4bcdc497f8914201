import type { Actor } from "#app/modules/access/actor.ts";
import { requireKind, requireOwnRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import type { Brake } from "./brake.ts";
import type { BrakeWish } from "./limits.schema.ts";

/** Sets the brake of all accounts that nobody has chosen another one for. @throws Response 403 for all but the admin's people */
export async function setPlatformBrake(actor: Actor, { brake, ...rest }: BrakeWish): Promise<void> {
	requireKind(actor, "admin");
	requireOwnRight(actor, "accounts.update");
	const value: Brake = { isOff: brake === "off", ...rest };
	await inTx((tx) => {
		tx.sql(
			"INSERT INTO settings (key, value) VALUES ('brake', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		).run(JSON.stringify(value));
		const detail = { brake: value.isOff ? "–" : [rest.factor, rest.floor, rest.firstDays].join(" / ") };
		writeAudit(tx, actor, "limits.platform", `account:${actor.account.id}`, detail);
	});
}
