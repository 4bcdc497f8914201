import type { Actor } from "#app/modules/access/actor.ts";
import { ALL_RIGHTS } from "#app/modules/access/rights.ts";
import { deposit } from "../deposit.server.ts";
import { setCreditLimit } from "../set-credit-limit.server.ts";
import { takeBack } from "../take-back.server.ts";
import { topUpAccount } from "../top-up-account.server.ts";
import { withdraw } from "../withdraw.server.ts";
import { zeroAccount } from "../zero-account.server.ts";

/** Something that somebody asks for, as it can be sent to another process. */
export interface Operation {
	deed: "deposit" | "withdraw" | "top-up" | "take-back" | "zero" | "credit";
	/** Of the account acted for. */
	by: { id: number; path: string; kind: "admin" | "dealer" | "client" };
	accountId: number;
	amountMicros: number;
	formKey: string;
}

/** Does it; resolves with "done", "again" for a repeat, or the name of the refusal. What is no refusal is thrown. */
export async function perform({ deed, by, accountId, amountMicros, formKey }: Operation): Promise<string> {
	const actor: Actor = {
		...{ userId: by.id, behindUserId: null, role: "owner", rights: ALL_RIGHTS, branches: [by.path] },
		account: { ...by, name: "", timeZone: "UTC", country: "UA", locale: "en" },
	};
	const move = { formKey, amountMicros, note: "" };
	try {
		if (deed === "credit") {
			await setCreditLimit(actor, accountId, { limitMicros: amountMicros, note: "" });
			return "done";
		}
		const posted =
			deed === "deposit"
				? await deposit(actor, move)
				: deed === "withdraw"
					? await withdraw(actor, move)
					: deed === "top-up"
						? await topUpAccount(actor, accountId, move)
						: deed === "take-back"
							? await takeBack(actor, accountId, move)
							: await zeroAccount(actor, accountId, move);
		return posted.isRepeat ? "again" : "done";
	} catch (error) {
		if (error instanceof Response) return String(error.status);
		if (REFUSALS.has((error as Error).name)) return (error as Error).name;
		throw error;
	}
}

const REFUSALS = new Set([
	"AccountNotFoundError",
	"AccountStateError",
	"NotEnoughError",
	"NothingToZeroError",
	"OpReusedError",
	"CreditBelowDebtError",
	"CreditNotCoveredError",
	"TooMuchError",
]);
