import { addPeople, PASSWORD, PEOPLE } from "#app/testing/people.ts";
import { closeBooks } from "#db/client.ts";
import { deposit } from "#db/testing/money.ts";
import { readBooks } from "#db/tx.ts";
import type { House } from "./house.ts";
import { useBooksOf } from "./leading.ts";
import { Visitor } from "./visitor.ts";

const MICROS = 1_000_000;
const [DEALER, CLIENT] = [PEOPLE[1], PEOPLE[2]];

/** What the page says of an amount that was moved: how many machines it is saved on. */
export type Told = "two" | "one";

/** A dealer that tops its client up now and then, and remembers what it was told. */
export class TopUps {
	private readonly house: House;
	private readonly visitor = new Visitor();
	private readonly told = new Map<string, Told>();

	private constructor(house: House) {
		this.house = house;
	}

	/** Puts the dealer and its client into the books, before anything else is in them, and signs it in. */
	static async settle(house: House): Promise<TopUps> {
		useBooksOf(house.cluster, house.epoch.node);
		await addPeople();
		await deposit(DEALER.id, 1_000 * MICROS);
		closeBooks();
		const one = new TopUps(house);
		await one.visitor.signIn(house.cluster.web(house.epoch.node), DEALER.login, PASSWORD);
		return one;
	}

	/** Moves an amount at the node that leads. @throws Error for any page but the one that says that it is saved */
	async save(): Promise<Told> {
		const node = this.house.cluster.web(this.house.epoch.node);
		const note = `top-up ${this.told.size + 1}.`;
		const { action, fields } = await this.visitor.open(node, `/dealer/accounts/${CLIENT.id}/money/top-up`, "move");
		const { status, to } = await this.visitor.post(node, action, { ...fields, amount: "1", note });
		const [, copies] = /[?&]done=\d+(&copies=2)?$/.exec(to ?? "") ?? [];
		if (status !== 302 || !/[?&]done=\d+/.test(to ?? "")) throw new Error(`${note} was answered ${status} ${to}`);
		const told = copies ? "two" : "one";
		this.told.set(note, told);
		return told;
	}

	/** What was told to be saved and is not there, though it was on two machines or nobody says that it is gone; and what is there twice. */
	async faults(): Promise<string[]> {
		const lost = (await this.house.lostWrites()).map((entry) => JSON.stringify(entry));
		useBooksOf(this.house.cluster, this.house.epoch.node);
		const counts = readBooks((tx) => {
			const count = tx
				.sql<number>("SELECT count(*) FROM transfers WHERE account_id = ? AND kind = 'top_up' AND note = ?")
				.pluck();
			return new Map([...this.told.keys()].map((note) => [note, count.get(CLIENT.id, note)]));
		});
		closeBooks();
		return [...this.told].flatMap(([note, told]) => {
			if (counts.get(note) === 1) return [];
			const isSaid = told === "one" && counts.get(note) === 0 && lost.some((entry) => entry.includes(`"${note}"`));
			return isSaid ? [] : [`${note} (told "${told}") is there ${counts.get(note)} times`];
		});
	}
}
