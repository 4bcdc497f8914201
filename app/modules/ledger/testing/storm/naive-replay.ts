import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import type { Operation } from "#app/modules/money/testing/operation.ts";
import type { Entry } from "./journal.ts";
import { NaiveHouse, type NaiveMessage, type NaiveTiers, placeOf } from "./naive-house.ts";
import type { Scene, StormCampaign, StormOp } from "./storm.ts";

/** What only the books know of a campaign, and the model takes from them: where its messages begin, and the prices that it began with. */
export interface CampaignFacts {
	firstMessageId: number;
	/** Looked up in the model's own prices before they are believed. */
	tiers: ReadonlyMap<string, NaiveTiers>;
}

interface NaiveCampaign {
	of: StormCampaign;
	tiers: ReadonlyMap<string, NaiveTiers>;
	/** People for whom money is set aside who have no message yet, by country. */
	awaited: Map<string, number>;
	messages: NaiveMessage[];
	isCancelled: boolean;
}

const RESULT_STATE: Record<number, number> = {
	[RESULT.handedOver]: MESSAGE_STATE.handed_over,
	[RESULT.unknown]: MESSAGE_STATE.unknown,
	[RESULT.refused]: MESSAGE_STATE.rejected,
};
const NEW = { wasPaid: false, isClaimed: false };
/** Of several messages of one piece of news: money that comes in is told of first. */
const TOLD_FIRST: readonly NaiveMessage["money"][] = ["aside", "paid", "refunded", "back", "none"];

/** Does what was done again, one by one in the order in which it was kept, on paper. What should have been refused is a fault. */
export class NaiveReplay {
	readonly house: NaiveHouse;
	readonly campaigns = new Map<number, NaiveCampaign>();
	readonly faults: string[] = [];
	private readonly scene: Scene;
	private readonly facts: ReadonlyMap<number, CampaignFacts>;

	constructor(scene: Scene, facts: ReadonlyMap<number, CampaignFacts>) {
		this.scene = scene;
		this.facts = facts;
		this.house = new NaiveHouse(scene);
	}

	/** @param op undefined: what the journal tells of is a claim. */
	replay(entry: Entry, op: StormOp | undefined): void {
		if (!op) this.claimed(entry.op);
		const fault = op && this.once(entry, op);
		if (fault) this.faults.push(`${entry.op} ${JSON.stringify(op)}: ${fault}`);
	}

	private claimed(key: string): void {
		const [what, campaignId, firstMessageId, count] = key.split(" ");
		const of = { campaignId: Number(campaignId), firstMessageId: Number(firstMessageId), count: Number(count) };
		this.claim(of, what === "claim");
	}

	/** Messages are in a worker's hands, or no longer: what is, is not cancelled. */
	private claim(of: { campaignId: number; firstMessageId: number; count: number }, isClaimed: boolean): void {
		const from = of.firstMessageId - this.facts.get(of.campaignId)!.firstMessageId;
		for (const message of this.campaigns.get(of.campaignId)!.messages.slice(from, from + of.count))
			message.isClaimed = isClaimed;
	}

	private once({ beganAt, committedAt }: Entry, op: StormOp): string | undefined {
		if (op.do === "again") return "what had been done was done again";
		if (op.do === "money") return this.move(op.of);
		if (op.do === "price") {
			const { sellerId, change } = op;
			for (const { channel, country, unitMicros } of change.lines)
				this.house.prices.set(
					{
						sellerId,
						buyerId: change.buyerId,
						channel: channel as StormCampaign["channel"],
						country,
						unitMicros: unitMicros!,
					},
					committedAt,
				);
			return undefined;
		}
		const of = this.scene.campaigns.find(({ id }) => id === op.campaignId)!;
		if (op.do === "start") return this.start(of, op.coverOnly, beganAt);
		const campaign = this.campaigns.get(of.id);
		if (!campaign) return "a campaign that was never started went on";
		if (op.do === "freeze") this.freeze(campaign);
		else if (op.do === "cancel") campaign.isCancelled = true;
		else if (op.do === "close") this.close(campaign);
		else if (op.do === "settle") {
			this.claim({ ...op, count: op.results.length }, false);
			op.results.forEach((result, i) => {
				const to = RESULT_STATE[result];
				if (to !== undefined) this.hear(campaign, [op.firstMessageId + i], to);
			});
		} else this.hear(campaign, op.messageIds, op.to);
		return undefined;
	}

	private move({ deed, by, accountId, amountMicros: micros }: Operation): string | undefined {
		const { purses } = this.house;
		const theirs = purses.get(accountId)!;
		const account = this.scene.accounts.find(({ id }) => id === accountId)!;
		const isBelow = account.path.startsWith(by.path) && account.id !== by.id;
		const isOutside = deed === "deposit" || deed === "withdraw";
		if (isOutside ? by.kind !== "admin" : !isBelow) return "nobody may do that";
		if (deed === "credit") return this.setCredit(by, accountId, micros);
		const parentId = Number(account.path.split("/").at(-3));
		const [from, to, amount, most] = {
			deposit: [null, by.id, micros, micros] as const,
			withdraw: [by.id, null, micros, Math.max(0, purses.get(by.id)!.has)] as const,
			"top-up": [by.id, accountId, micros, this.house.spendable(by.id)] as const,
			"take-back": [accountId, by.id, micros, Math.max(0, theirs.has)] as const,
			zero: [accountId, parentId, theirs.has, theirs.has] as const,
		}[deed];
		if (amount > most || amount <= 0) return `${amount} were moved, ${most} were there`;
		if (from === null) this.house.cameIn += amount;
		else purses.get(from)!.has -= amount;
		if (to === null) this.house.cameIn -= amount;
		else this.house.receive(to, amount);
		return undefined;
	}

	private setCredit(by: Operation["by"], accountId: number, micros: number): string | undefined {
		const purse = this.house.purses.get(accountId)!;
		const isRaised = micros > purse.credit;
		if (purse.has < -micros) return "a limit above a debt";
		const below = this.scene.accounts.filter(
			({ id, path }) => path.startsWith(by.path) && id !== by.id && id !== accountId,
		);
		const given = below.reduce((sum, { id }) => sum + this.house.purses.get(id)!.credit, 0);
		if (isRaised && by.kind !== "admin" && given + micros > this.house.spendable(by.id))
			return "more credit than is covered";
		purse.credit = micros;
		return undefined;
	}

	private start(of: StormCampaign, coverOnly: boolean, at: number): string | undefined {
		if (this.campaigns.has(of.id)) return "a campaign began twice";
		const { tiers } = this.facts.get(of.id)!;
		const awaited = new Map<string, number>();
		const people = Map.groupBy(of.countries, (country) => country);
		for (const country of people.keys())
			if (!this.house.prices.areRight(tiers.get(country) ?? [], of.channel, country, at))
				return `${JSON.stringify(tiers.get(country))} are not the prices for ${country}`;
		const priceOf = (country: string) => tiers.get(country)![0]!.unitMicros;
		if (this.house.purses.get(of.accountId)!.owes > 0 && [...people.keys()].some((one) => priceOf(one) > 0))
			return "it owes";
		const cheapestFirst = [...people].sort(
			([a, one], [b, other]) => priceOf(a) - priceOf(b) || other.length - one.length,
		);
		let covered = 0;
		for (const [country, all] of cheapestFirst) {
			let count = 0;
			while (count < all.length && this.house.setAside(tiers.get(country)!)) count++;
			awaited.set(country, count);
			covered += count;
		}
		this.campaigns.set(of.id, { of, tiers, awaited, messages: [], isCancelled: false });
		if (covered < of.countries.length && (!coverOnly || covered === 0)) return `only ${covered} were covered`;
		return undefined;
	}

	private freeze(campaign: NaiveCampaign): void {
		for (const country of campaign.of.countries) {
			const left = campaign.awaited.get(country)!;
			campaign.awaited.set(country, Math.max(0, left - 1));
			const rejected = placeOf(MESSAGE_STATE.rejected);
			campaign.messages.push({ country, place: left > 0 ? 0 : rejected, money: left > 0 ? "aside" : "none", ...NEW });
		}
	}

	/** After it was cancelled: whoever has not been written to is not any more, and what was for those who have no message is given back. */
	private close(campaign: NaiveCampaign): void {
		if (!campaign.isCancelled) return;
		const cancelled = placeOf(MESSAGE_STATE.cancelled);
		for (const message of campaign.messages)
			if (message.place === 0 && !message.isClaimed) this.turn(campaign, message, cancelled);
		for (const [country, count] of campaign.awaited)
			for (let i = 0; i < count; i++) {
				const nobody: NaiveMessage = { country, place: 0, money: "aside", ...NEW };
				this.house.giveBack(nobody, campaign.tiers.get(country)!);
			}
		campaign.awaited.clear();
	}

	private hear(campaign: NaiveCampaign, ids: readonly number[], state: number): void {
		const { firstMessageId } = this.facts.get(campaign.of.id)!;
		const to = placeOf(state);
		const unknown = placeOf(MESSAGE_STATE.unknown);
		const isHandedOver = state === MESSAGE_STATE.handed_over;
		const moved = ids
			.map((id) => campaign.messages[id - firstMessageId]!)
			.filter(({ place }) => place < to || (isHandedOver && place === unknown))
			.sort((a, b) => TOLD_FIRST.indexOf(a.money) - TOLD_FIRST.indexOf(b.money));
		for (const message of moved) this.turn(campaign, message, to);
	}

	private turn({ of, tiers }: NaiveCampaign, message: NaiveMessage, to: number): void {
		const { country } = message;
		this.house.move(
			message,
			to,
			tiers.get(country) ?? [],
			this.scene.terms[of.channel],
			this.scene.costs[country] ?? 0,
		);
	}
}
