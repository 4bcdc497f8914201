import type { Request } from "express";

const DROP_AT_MOST = 64 * 1024 * 1024;

/**
 * Lets the pages answer with their translated error page instead of what was asked for. A body on its way is read and
 * dropped: a connection closed under a browser that is still sending shows it no answer at all.
 */
export function showError(req: Request, status: number): void {
	let dropped = 0;
	req.on("data", (piece: Buffer) => {
		dropped += piece.length;
		if (dropped > DROP_AT_MOST) req.destroy();
	});
	req.method = "GET";
	// Remix's adapter reads the original.
	req.originalUrl = `/error/${status}`;
}
