import { randomBytes } from "node:crypto";
import type { NextFunction, Request, Response } from "express";

/** The policy of every page: scripts only with the page's nonce, styles only ours; attributes may style (Mantine's sizes). */
function policy(nonce: string): string {
	return [
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		`style-src 'self' 'nonce-${nonce}'`,
		"style-src-attr 'unsafe-inline'",
		"img-src 'self' data:",
		"connect-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
	].join("; ");
}

/** Sets what every answer carries, and res.locals.nonce. */
export function securityHeaders(req: Request, res: Response, next: NextFunction): void {
	const nonce = randomBytes(16).toString("base64");
	res.locals.nonce = nonce;
	res.set({
		"Content-Security-Policy": policy(nonce),
		"X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy": "camera=(), microphone=(), geolocation=()",
	});
	if (req.secure) res.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
	next();
}
