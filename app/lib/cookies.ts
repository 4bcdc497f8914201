/** The value of one cookie of a request; undefined when it is not there. Ours are plain ASCII words: nothing is decoded. */
export function readCookie(request: Request, name: string): string | undefined {
	for (const part of (request.headers.get("cookie") ?? "").split(";")) {
		const at = part.indexOf("=");
		if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
	}
	return undefined;
}

/** A Set-Cookie value: for this host only, not for scripts, not for other sites' forms, and Secure where the page came by https. */
export function cookieFor(request: Request, name: string, value: string, maxAgeSeconds: number): string {
	const secure = new URL(request.url).protocol === "https:" ? "; Secure" : "";
	return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}
