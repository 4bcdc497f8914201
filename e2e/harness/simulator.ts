import type { App } from "./start-app.ts";

/** Tells the simulator how to behave from now on (docs/simulator.md): `{ answerMs: [2000, 2000] }` makes it slow. */
export async function tellSimulator(app: App, control: object): Promise<void> {
	const response = await fetch(`${app.simulatorUrl}/control`, { method: "POST", body: JSON.stringify(control) });
	if (!response.ok) throw new Error(`the simulator refused: ${response.status} ${await response.text()}`);
}

/** What the simulator has taken: how often each recipient was written to. */
export async function simulatorJournal(app: App): Promise<Record<string, unknown>> {
	const response = await fetch(`${app.simulatorUrl}/control/journal`);
	return (await response.json()) as Record<string, unknown>;
}
