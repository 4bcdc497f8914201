import type { NextFunction, Request, Response } from "express";
import { showError } from "./show-error.ts";

/**
 * Closes the older of Remix's two ways to ask for a page's data ("?_data=<route>"): it runs one route's loader past its layout's,
 * and writes an error into the log for each request of whoever likes. Nothing of ours uses it.
 */
export function oneWayForData(req: Request, _res: Response, next: NextFunction): void {
	// Read as Remix reads it: express's own parser stops after a thousand values.
	const isOld = new URL(req.originalUrl, "http://host").searchParams.has("_data");
	if (isOld) showError(req, 404);
	next();
}
