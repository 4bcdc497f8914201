import type { Tx } from "#db/tx.ts";
import type { Brake } from "./brake.ts";
import { platformBrake } from "./platform-brake.server.ts";

export interface AccountLimits {
	/** Set by those above, and by itself; null: none. */
	capMicros: number | null;
	ownCapMicros: number | null;
	isBrakeOff: boolean;
	/** Null: as the platform has it. */
	brakeFactor: number | null;
	brakeFloor: number | null;
	brakeFirstDays: number | null;
	/** 0: never set. */
	version: number;
}

/** What bounds an account's sending, as it was set for itself alone. */
export function limitsOf(tx: Tx, accountId: number): AccountLimits {
	const row = tx
		.sql<Omit<AccountLimits, "isBrakeOff"> & { isBrakeOff: number }>(
			`SELECT cap_micros AS capMicros, own_cap_micros AS ownCapMicros, is_brake_off AS isBrakeOff, brake_factor AS brakeFactor,
			        brake_floor AS brakeFloor, brake_first_days AS brakeFirstDays, version FROM account_limits WHERE account_id = ?`,
		)
		.get(accountId);
	if (row) return { ...row, isBrakeOff: row.isBrakeOff === 1 };
	const none = { capMicros: null, ownCapMicros: null, brakeFactor: null, brakeFloor: null, brakeFirstDays: null };
	return { ...none, isBrakeOff: false, version: 0 };
}

/** The limit that counts; null: none. */
export function capOf({ capMicros, ownCapMicros }: AccountLimits): number | null {
	if (capMicros === null || ownCapMicros === null) return capMicros ?? ownCapMicros;
	return Math.min(capMicros, ownCapMicros);
}

/** The brake as it counts for the account. */
export function brakeOf(tx: Tx, limits: AccountLimits): Brake {
	const platform = platformBrake(tx);
	return {
		isOff: limits.isBrakeOff || platform.isOff,
		factor: limits.brakeFactor ?? platform.factor,
		floor: limits.brakeFloor ?? platform.floor,
		firstDays: limits.brakeFirstDays ?? platform.firstDays,
	};
}
