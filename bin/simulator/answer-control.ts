import type { ServerResponse } from "node:http";
import type { OneByOneFake } from "#app/channels/fake/one-by-one.ts";
import { controlSchema } from "#app/channels/fake/script.ts";

/** The simulator's own addresses of one provider; false where it is none of them. As Infobip's stand-in has them (docs/simulator.md). */
export function answerControl(fake: OneByOneFake, asked: string, body: string, response: ServerResponse): boolean {
	const answer = (status: number, text: string) => response.writeHead(status, JSON_TYPE).end(text);
	switch (asked) {
		case "POST /control":
			try {
				fake.control(controlSchema.parse(JSON.parse(body)));
				answer(200, "{}");
			} catch (error) {
				answer(400, JSON.stringify({ error: (error as Error).message }));
			}
			return true;
		case "POST /control/reset":
			fake.reset();
			answer(200, "{}");
			return true;
		case "GET /control/journal":
		case "GET /control/journal?all=1": {
			const summary = JSON.stringify({ ...fake.journal.summary(), callbacks: fake.poster.counts });
			answer(
				200,
				asked.endsWith("?all=1") ? `${summary.slice(0, -1)},"counts":${fake.journal.countsText()}}` : summary,
			);
			return true;
		}
		default:
			return false;
	}
}

const JSON_TYPE = { "content-type": "application/json" };
