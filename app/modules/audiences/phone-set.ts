/** A number of at most 15 digits is exact in a double; 0 marks a free place. */
const FREE = 0;
/** At most so full: beyond, searching gets slow. */
const LOAD = 0.5;

/**
 * Phones as numbers ("+380671234567" → 380671234567) in a fixed piece of memory, 16 bytes a phone: a Set of a million strings takes
 * eighty.
 */
export class PhoneSet {
	readonly #places: Float64Array;
	#size = 0;

	/** @param max how many may be added. */
	constructor(max: number) {
		this.#places = new Float64Array(2 ** Math.ceil(Math.log2(max / LOAD + 2)));
	}

	get size(): number {
		return this.#size;
	}

	/** False when it was there already. */
	add(phone: number): boolean {
		const places = this.#places;
		const mask = places.length - 1;
		// Neighbouring numbers are common: the high part goes in, or they would all stand in one row.
		let at = (Math.imul(phone % 0x7fffffff, 0x9e3779b1) ^ Math.imul(Math.floor(phone / 0x7fffffff), 0x85ebca6b)) & mask;
		for (;;) {
			const there = places[at];
			if (there === FREE) break;
			if (there === phone) return false;
			at = (at + 1) & mask;
		}
		places[at] = phone;
		this.#size++;
		return true;
	}

	/** All of them, in no order; the set is of no use afterwards (its memory is theirs). */
	take(): Float64Array {
		let to = 0;
		for (const phone of this.#places) if (phone !== FREE) this.#places[to++] = phone;
		return this.#places.subarray(0, to);
	}
}
