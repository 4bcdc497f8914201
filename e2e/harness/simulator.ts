import type { App } from "./start-app.ts";

/** Which of the demo's providers: Infobip and Vonage for Viber, Twilio for SMS. */
export type Simulated = "infobip" | "vonage" | "twilio";

const addressOf = (app: App, of: Simulated) => `${app.simulatorUrl}${of === "infobip" ? "" : `/${of}`}/control`;

/** Tells a simulated provider how to behave from now on (docs/simulator.md): `{ answerMs: [2000, 2000] }` makes it slow. */
export async function tellSimulator(app: App, control: object, of: Simulated = "infobip"): Promise<void> {
	const response = await fetch(addressOf(app, of), { method: "POST", body: JSON.stringify(control) });
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

/** What a simulated provider has taken since it began or was last reset. */
export async function simulatorJournal(app: App, of: Simulated = "infobip"): Promise<SimulatorJournal> {
	const response = await fetch(`${addressOf(app, of)}/journal?all=1`);
	return (await response.json()) as SimulatorJournal;
}

/** Makes it behave well again and forget whom it has written to. */
export async function resetSimulator(app: App): Promise<void> {
	await fetch(`${addressOf(app, "infobip")}/reset`, { method: "POST" });
}
