import type { AccountKind, Actor } from "./actor.ts";
import { cabinetOf, FIRST_PAGE, firstPageOf } from "./cabinet.ts";
import { noteActivity } from "./note-activity.server.ts";
import { type SignedIn, signedInBy } from "./signed-in-by.server.ts";

/**
 * Who asks; every loader and action calls it first. The cabinet in the address (or `kind`) must be the actor's own.
 *
 * @throws Response: a redirect to the sign-in page for nobody, a redirect to the actor's own cabinet where the first page of
 * another was asked for, a redirect to the set-up of the second factor where one is demanded; 403 everywhere else, and for every
 * change by somebody who entered the cabinet only to look.
 */
export function requireActor(request: Request, kind?: AccountKind): Actor {
	return requireSignedIn(request, kind).actor;
}

/** The same, with the person at the keyboard. */
export function requireSignedIn(request: Request, kind?: AccountKind): SignedIn {
	const { pathname, search } = new URL(request.url);
	const isGet = request.method === "GET" || request.method === "HEAD";
	const signedIn = signedInBy(request);
	if (!signedIn) {
		const to = isGet ? `?to=${encodeURIComponent(pathname + search)}` : "";
		throw seeOther(`/sign-in${to}`);
	}
	const { actor, inside } = signedIn;
	const cabinet = kind ?? cabinetOf(pathname);
	if (cabinet && cabinet !== actor.account.kind) {
		const isFirstPage = pathname === `/${cabinet}` || pathname === FIRST_PAGE[cabinet];
		if (isGet && isFirstPage) throw seeOther(firstPageOf(actor));
		throw new Response(null, { status: 403 });
	}
	if (!isGet && inside?.isReadOnly) throw new Response(null, { status: 403 });
	const setUp = `/${actor.account.kind}/settings/second-factor`;
	if (signedIn.mustSetUpSecondFactor && !inside && !pathname.startsWith(setUp)) throw seeOther(setUp);
	noteActivity(signedIn);
	return signedIn;
}

function seeOther(location: string): Response {
	return new Response(null, { status: 302, headers: { Location: location } });
}
