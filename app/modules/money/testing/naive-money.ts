import type { Operation } from "./operation.ts";

export interface NaiveAccount {
	id: number;
	path: string;
	kind: "admin" | "dealer" | "client";
}

/** Money as somebody would keep it on paper: a sum for each account, and everything that was asked for before. Too simple to be wrong. */
export class NaiveMoney {
	readonly has = new Map<number, number>();
	readonly credit = new Map<number, number>();
	private readonly asked = new Map<string, string>();
	private readonly accounts: NaiveAccount[];

	constructor(accounts: NaiveAccount[]) {
		this.accounts = accounts;
		for (const { id } of accounts) {
			this.has.set(id, 0);
			this.credit.set(id, 0);
		}
	}

	perform(operation: Operation): string {
		const { deed, by, accountId } = operation;
		const isOutside = deed === "deposit" || deed === "withdraw";
		if (isOutside && by.kind !== "admin") return "403";
		const account = this.accounts.find(({ id }) => id === accountId)!;
		const isBelow = account.path.startsWith(by.path) && account.id !== by.id;
		if (!isOutside && !isBelow) return "AccountNotFoundError";
		if (deed === "credit") return this.setCredit(operation);
		const key = `${by.id}:${operation.formKey}`;
		const what = JSON.stringify([deed, isOutside ? by.id : accountId, deed === "zero" ? 0 : operation.amountMicros]);
		if (this.asked.has(key)) return this.asked.get(key) === what ? "again" : "OpReusedError";
		const refusal = this.move(operation, account);
		if (!refusal) this.asked.set(key, what);
		return refusal ?? "done";
	}

	private move({ deed, by, amountMicros }: Operation, account: NaiveAccount): string | undefined {
		const own = this.has.get(by.id)!;
		const theirs = this.has.get(account.id)!;
		const give = (id: number, micros: number) => this.has.set(id, this.has.get(id)! + micros);
		if (deed === "deposit") give(by.id, amountMicros);
		else if (deed === "withdraw") {
			if (own < amountMicros) return "NotEnoughError";
			give(by.id, -amountMicros);
		} else if (deed === "top-up") {
			if (own + this.credit.get(by.id)! < amountMicros) return "NotEnoughError";
			give(by.id, -amountMicros);
			give(account.id, amountMicros);
		} else if (deed === "take-back") {
			if (theirs < amountMicros) return "NotEnoughError";
			give(account.id, -amountMicros);
			give(by.id, amountMicros);
		} else {
			if (theirs <= 0) return "NothingToZeroError";
			give(account.id, -theirs);
			give(Number(account.path.split("/").at(-3)), theirs);
		}
		return undefined;
	}

	private setCredit({ by, accountId, amountMicros }: Operation): string {
		const was = this.credit.get(accountId)!;
		if (amountMicros === was) return "done";
		if (this.has.get(accountId)! < -amountMicros) return "CreditBelowDebtError";
		if (by.kind !== "admin" && amountMicros > was) {
			const below = this.accounts.filter(
				({ id, path }) => path.startsWith(by.path) && id !== by.id && id !== accountId,
			);
			const others = below.reduce((sum, { id }) => sum + this.credit.get(id)!, 0);
			const own = Math.max(0, this.has.get(by.id)! + this.credit.get(by.id)!);
			if (others + amountMicros > own) return "CreditNotCoveredError";
		}
		this.credit.set(accountId, amountMicros);
		return "done";
	}
}
