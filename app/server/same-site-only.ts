import type { NextFunction, Request, Response } from "express";
import { env } from "#app/lib/env.ts";
import { showError } from "./show-error.ts";

/** True where a browser says that another site's page made this request. */
export function isFromElsewhere(headers: { site?: string; origin?: string; host?: string }): boolean {
	// "same-site" is refused too: under a shared domain a neighbour's page is not ours.
	if (headers.site) return headers.site !== "same-origin" && headers.site !== "none";
	if (!headers.origin) return false;
	try {
		return new URL(headers.origin).host !== headers.host;
	} catch {
		// "null": a sandboxed or stripped origin.
		return true;
	}
}

/** Refuses what changes something and comes from another site's page. Stands beside SameSite=Lax, which old browsers lack. */
export function sameSiteOnly(req: Request, _res: Response, next: NextFunction): void {
	if (req.method === "GET" || req.method === "HEAD") {
		next();
		return;
	}
	const isForeign = isFromElsewhere({ site: req.get("sec-fetch-site"), origin: req.get("origin"), host: hostOf(req) });
	if (!isForeign) {
		next();
		return;
	}
	showError(req, 403);
	next();
}

/** The host that the browser knows us by. */
function hostOf(req: Request): string | undefined {
	const forwarded = env().TRUSTED_PROXIES > 0 ? req.get("x-forwarded-host")?.split(",")[0]?.trim() : undefined;
	return forwarded ?? req.get("host");
}
