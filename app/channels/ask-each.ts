import type { AskAnswer, AskedMessage } from "./channel.ts";

/** For providers that are asked about one message a request: `atOnce` requests side by side, answers in the messages' order. */
export async function askEach(
	messages: AskedMessage[],
	atOnce: number,
	ask: (message: AskedMessage) => Promise<AskAnswer>,
): Promise<AskAnswer[]> {
	const answers: AskAnswer[] = new Array(messages.length);
	let next = 0;
	async function askOneAfterAnother(): Promise<void> {
		while (next < messages.length) {
			const at = next++;
			answers[at] = await ask(messages[at]!);
		}
	}
	await Promise.all(Array.from({ length: Math.min(atOnce, messages.length) }, askOneAfterAnother));
	return answers;
}
