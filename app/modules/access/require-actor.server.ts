import type { AccountKind, Actor } from "./actor.ts";
import { cabinetOf, FIRST_PAGE } from "./cabinet.ts";
import { signedInBy } from "./signed-in-by.server.ts";

/**
 * Who asks; every loader and action calls it first. The cabinet in the address (or `kind`) must be the actor's own.
 *
 * @throws Response: a redirect to the sign-in page for nobody, a redirect to the actor's own cabinet where the first page of
 * another was asked for, 403 everywhere else.
 */
export function requireActor(request: Request, kind?: AccountKind): Actor {
	const url = new URL(request.url);
	const isGet = request.method === "GET" || request.method === "HEAD";
	const signedIn = signedInBy(request);
	if (!signedIn) {
		const to = isGet ? `?to=${encodeURIComponent(url.pathname + url.search)}` : "";
		throw seeOther(`/sign-in${to}`);
	}
	const { actor } = signedIn;
	const cabinet = kind ?? cabinetOf(url.pathname);
	if (cabinet && cabinet !== actor.account.kind) {
		const isFirstPage = url.pathname === `/${cabinet}` || url.pathname === FIRST_PAGE[cabinet];
		if (isGet && isFirstPage) throw seeOther(FIRST_PAGE[actor.account.kind]);
		throw new Response(null, { status: 403 });
	}
	return actor;
}

function seeOther(location: string): Response {
	return new Response(null, { status: 302, headers: { Location: location } });
}
