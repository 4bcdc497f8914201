import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** What is typed at the terminal, unseen; empty where nothing is typed or nobody sits there: then a password is made. */
export async function askPassword(): Promise<string> {
	if (!process.stdin.isTTY) return "";
	process.stdout.write("Password (Enter: one is made): ");
	// The echo goes nowhere.
	const nowhere = new Writable({ write: (_piece, _encoding, done) => done() });
	const line = createInterface({ input: process.stdin, output: nowhere, terminal: true });
	try {
		return await line.question("");
	} finally {
		line.close();
		process.stdout.write("\n");
	}
}
