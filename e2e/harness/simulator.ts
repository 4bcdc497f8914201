import type { App } from "./start-app.ts";

/** Tells the simulator how to behave from now on (docs/simulator.md): `{ answerMs: [2000, 2000] }` makes it slow. */
export async function tellSimulator(app: App, control: object): Promise<void> {
	const response = await fetch(`${app.simulatorUrl}/control`, { method: "POST", body: JSON.stringify(control) });
	if (!response.ok) throw new Error(`the simulator refused: ${response.status} ${await response.text()}`);
}

export interface SimulatorJournal {
	/** Messages taken. */
	written: number;
	recipients: number;
	/** Those who were written to more than once. */
	repeated: Record<string, number>;
	/** Number without the plus → how often it was written to. */
	counts: Record<string, number>;
}

/** What the simulator has taken since it began or was last reset. */
export async function simulatorJournal(app: App): Promise<SimulatorJournal> {
	const response = await fetch(`${app.simulatorUrl}/control/journal?all=1`);
	return (await response.json()) as SimulatorJournal;
}

/** Makes it behave well again and forget whom it has written to. */
export async function resetSimulator(app: App): Promise<void> {
	await fetch(`${app.simulatorUrl}/control/reset`, { method: "POST" });
}
