/** Whose call it is: accounts take turns, and within an account its campaigns. */
export interface TurnOf {
	accountId: number;
	campaignId: number;
	sender: string;
}

interface Waiting {
	/** People in the call. */
	count: number;
	call: () => void;
	isOver: () => boolean;
}

interface CampaignTurn {
	sender: string;
	calls: Waiting[];
	head: number;
}

type AccountTurn = Map<number, CampaignTurn>;

/** Whether so many of a sender may go now: 0, or after how many ms to ask again (it is woken sooner when more may go). */
export type Gate = (sender: string, count: number) => number;

const COMPACT_AT = 4_096;

/**
 * A provider's calls: at most `size` at once, and the rest take turns, account by account and campaign by campaign, so that a million
 * people of one campaign stand in nobody's way. Whom the gate keeps back waits without holding up the others.
 */
export class Turns {
	/** Places in all. */
	private size: number;
	private free: number;
	private readonly gate: Gate | undefined;
	/** In the order of their turns: whoever has had one goes to the end. */
	private readonly accounts = new Map<number, AccountTurn>();
	private waiting = 0;
	private isWaking = false;
	private timer: NodeJS.Timeout | undefined;

	constructor(size: number, gate?: Gate) {
		this.size = size;
		this.free = size;
		this.gate = gate;
	}

	/**
	 * Runs `call` now or when its turn comes; it must release its place by `release` when it is over.
	 *
	 * @param isOver nobody is going to be called any more: the gate is not asked.
	 */
	take(of: TurnOf, count: number, call: () => void, isOver: () => boolean = never): void {
		if (this.free > 0 && this.waiting === 0 && !this.gate) {
			this.free--;
			call();
			return;
		}
		let account = this.accounts.get(of.accountId);
		if (!account) {
			account = new Map();
			this.accounts.set(of.accountId, account);
		}
		let campaign = account.get(of.campaignId);
		if (!campaign) {
			campaign = { sender: of.sender, calls: [], head: 0 };
			account.set(of.campaignId, campaign);
		}
		campaign.calls.push({ count, call, isOver });
		this.waiting++;
		if (this.free > 0) this.wake();
	}

	release(): void {
		this.free++;
		if (this.waiting > 0) this.wake();
	}

	/** Calls under way. */
	get running(): number {
		return this.size - this.free;
	}

	/** From now on so many calls at once; those that are under way beyond it end by themselves. */
	resize(size: number): void {
		this.free += size - this.size;
		this.size = size;
		if (this.free > 0 && this.waiting > 0) this.wake();
	}

	/** Lets go of all that are over, whether there is a place or not: they call nobody. */
	flush(): void {
		const over: Waiting[] = [];
		for (const [accountId, account] of this.accounts) {
			for (const [campaignId, campaign] of account) {
				const calls: Waiting[] = [];
				for (const one of campaign.calls.slice(campaign.head)) (one.isOver() ? over : calls).push(one);
				if (calls.length > 0) Object.assign(campaign, { calls, head: 0 });
				else account.delete(campaignId);
			}
			if (account.size === 0) this.accounts.delete(accountId);
		}
		this.waiting -= over.length;
		for (const one of over) {
			this.free--;
			one.call();
		}
	}

	/** Looks again who may go: a place is free, or the gate has more to give. */
	wake(): void {
		// A call may be over before it has begun: its place is given away by the loop that is running.
		if (this.isWaking) return;
		this.isWaking = true;
		try {
			const waitMs = this.handOut();
			clearTimeout(this.timer);
			this.timer = undefined;
			if (waitMs !== null) this.timer = setTimeout(() => this.wake(), waitMs).unref();
		} finally {
			this.isWaking = false;
		}
	}

	/** Returns the ms after which the gate is to be asked again; null: it keeps nobody back. */
	private handOut(): number | null {
		let waitMs = Number.POSITIVE_INFINITY;
		let keptBack = 0;
		// Once round without anybody who may go: all of them are kept back.
		while (this.free > 0 && this.waiting > 0 && keptBack < this.accounts.size) {
			const [accountId, account] = this.accounts.entries().next().value!;
			this.accounts.delete(accountId);
			const ready = this.nextOf(account);
			if (account.size > 0) this.accounts.set(accountId, account);
			if (typeof ready === "number") {
				waitMs = Math.min(waitMs, ready);
				keptBack++;
				continue;
			}
			keptBack = 0;
			this.waiting--;
			this.free--;
			ready.call();
		}
		return this.free > 0 && this.waiting > 0 && Number.isFinite(waitMs) ? waitMs : null;
	}

	/** The next call of an account; or, where the gate keeps all of its campaigns back, the ms after which to ask again. */
	private nextOf(account: AccountTurn): Waiting | number {
		let waitMs = Number.POSITIVE_INFINITY;
		for (let left = account.size; left > 0; left--) {
			const [campaignId, campaign] = account.entries().next().value!;
			account.delete(campaignId);
			const next = campaign.calls[campaign.head]!;
			const keepMs = this.gate && !next.isOver() ? this.gate(campaign.sender, next.count) : 0;
			if (keepMs > 0) {
				account.set(campaignId, campaign);
				waitMs = Math.min(waitMs, keepMs);
				continue;
			}
			campaign.head++;
			if (campaign.head < campaign.calls.length) account.set(campaignId, compact(campaign));
			return next;
		}
		return waitMs;
	}
}

function never(): boolean {
	return false;
}

/** Shifting a long array for each call would move all of it each time. */
function compact(campaign: CampaignTurn): CampaignTurn {
	if (campaign.head > COMPACT_AT && campaign.head * 2 > campaign.calls.length) {
		campaign.calls.splice(0, campaign.head);
		campaign.head = 0;
	}
	return campaign;
}
