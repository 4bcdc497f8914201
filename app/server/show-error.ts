import type { IncomingMessage } from "node:http";

const DROP_AT_MOST = 64 * 1024 * 1024;

/**
 * Lets the pages answer with their translated error page instead of what was asked for. A body on its way is read and
 * dropped: a connection closed under a browser that is still sending shows it no answer at all.
 */
export function showError(req: IncomingMessage & { originalUrl?: string }, status: number): void {
	let dropped = 0;
	req.on("data", (piece: Buffer) => {
		dropped += piece.length;
		if (dropped > DROP_AT_MOST) req.destroy();
	});
	req.method = "GET";
	req.url = `/error/${status}`;
	// Remix's adapter reads the original.
	req.originalUrl = `/error/${status}`;
}
