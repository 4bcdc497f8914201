import { countryOfNumber } from "#app/lib/country-of-number.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import type { CountedBatch, EvidenceCount } from "#jobs/wire/count-evidence.ts";
import type { HourBatch } from "#jobs/wire/hour-batches.ts";
import type { Fact, HourRow } from "#jobs/wire/provider-hours.ts";

/** Sums up the batches of an hour. */
export class HourCounts {
	private readonly counts = new Map<string, HourRow>();
	private readonly countries: string[] = [];
	private readonly numbers = new Map<string, number>();

	/**
	 * Counts what the calls came to. A message that is unknown to the last counts as unknown, one that nothing is known of as nothing.
	 *
	 * @returns what is needed to count what was said of it later.
	 */
	addBatch(batch: HourBatch): CountedBatch {
		const total = batch.recipients.length;
		const results = new Uint8Array(total);
		const causes = new Uint8Array(total);
		const outcomeMs = new Uint32Array(total);
		for (const row of batch.outcomes) {
			for (let i = 0; i < row.results.length; i++) {
				const at = row.firstMessageId + i - batch.firstMessageId;
				const result = row.results[i]!;
				if (at < 0 || at >= total || result === RESULT.none || result === RESULT.settledBefore) continue;
				const isRepeated = results[at] === result;
				results[at] = result;
				causes[at] = row.causes?.[i] ?? 0;
				if (!isRepeated) outcomeMs[at] = Math.max(0, row.atUtc - batch.atUtc);
			}
		}
		const countries = new Uint16Array(total);
		for (let i = 0; i < total; i++) {
			const country = countryOfNumber(batch.recipients[i]!);
			countries[i] = this.numberOf(country);
			if (results[i] === RESULT.none) continue;
			this.add(batch.providerId, country, "result", results[i]!, 1);
			if (causes[i] && results[i] !== RESULT.handedOver && results[i] !== RESULT.sent)
				this.add(batch.providerId, country, "cause", causes[i]!, 1);
		}
		const { providerId, attempt, firstMessageId, atUtc } = batch;
		return { providerId, attempt, firstMessageId, atUtc, countries, outcomeMs };
	}

	addEvidence(counted: EvidenceCount[]): void {
		for (const { providerId, country, fact, key, count } of counted)
			this.add(providerId, this.countries[country]!, fact, key, count);
	}

	rows(): HourRow[] {
		return [...this.counts.values()];
	}

	private add(providerId: number, country: string, fact: Fact, key: number, count: number): void {
		const name = `${providerId}/${country}/${fact}/${key}`;
		const row = this.counts.get(name);
		if (row) row.count += count;
		else this.counts.set(name, { providerId, country, fact, key, count });
	}

	private numberOf(country: string): number {
		let number = this.numbers.get(country);
		if (number === undefined) {
			number = this.countries.push(country) - 1;
			this.numbers.set(country, number);
		}
		return number;
	}
}
