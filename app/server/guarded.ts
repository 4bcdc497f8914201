import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "#app/lib/log.ts";

type Answer = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;

/**
 * Answers 500 to whoever asked for what `answer` could not do, where it throws or what it promised fails. Without this the whole process ends, and
 * with it the answers to everybody else.
 */
export function guarded(answer: Answer): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
	return async (req, res) => {
		try {
			await answer(req, res);
		} catch (error) {
			// Behind the first word an address may hold a token.
			const { method, url = "" } = req;
			log.error({ err: error, method, under: url.split(/[/?]/)[1] }, "a request could not be answered");
			// What has begun cannot be told apart from a whole answer, unless it breaks off.
			if (res.headersSent) res.destroy();
			else res.writeHead(500, { "Content-Type": "text/plain", "Cache-Control": "no-store" }).end("500\n");
		}
	};
}
