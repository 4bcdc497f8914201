import type { NextFunction, Request, Response } from "express";
import { FORM_MAX_BYTES } from "#app/lib/form-limit.ts";
import { showError } from "./show-error.ts";

/** Actions that read a multipart body piece by piece and keep their own limit: below each cabinet, an address and what is below it. */
const UPLOADS = /^\/(client|dealer|admin)\/(campaigns|settings\/profile)(\/|$)/;

/** What browsers send forms as, and what our actions can read. */
const FORM_TYPE = /^(application\/x-www-form-urlencoded|multipart\/form-data\s*;.*boundary=)/i;

/**
 * Refuses a form that is too large before it is read: an action holds the whole of it in memory. Refuses what is no form; nothing at all is an
 * empty one.
 */
export function limitForm(req: Request, _res: Response, next: NextFunction): void {
	if (req.method === "GET" || req.method === "HEAD") {
		next();
		return;
	}
	const isMultipart = req.is("multipart/form-data");
	if (isMultipart && UPLOADS.test(req.path)) {
		next();
		return;
	}
	const length = req.get("content-length");
	if (length === undefined && req.get("transfer-encoding") !== undefined) showError(req, 413);
	else if (Number(length ?? 0) > FORM_MAX_BYTES) showError(req, 413);
	else {
		req.headers["content-type"] ??= "application/x-www-form-urlencoded";
		if (!FORM_TYPE.test(req.headers["content-type"])) showError(req, 400);
	}
	next();
}
