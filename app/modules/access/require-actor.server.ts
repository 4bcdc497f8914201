import type { AccountKind, Actor } from "./actor.ts";
import { cabinetOf, FIRST_PAGE, FOR_PARAM, firstPageOf } from "./cabinet.ts";
import { noteActivity } from "./note-activity.server.ts";
import { refusal } from "./refusal.ts";
import { type SignedIn, signedInBy } from "./signed-in-by.server.ts";

/**
 * Who asks; every loader and action calls it first. The cabinet in the address (or `kind`) must be the actor's own.
 *
 * @throws Response: a redirect to the sign-in page for nobody, a redirect to the actor's own cabinet where the first page of
 * another was asked for (also any page, where a cabinet that was entered is over), a redirect to the set-up of the second factor
 * where one is demanded; 409 for a form that was made for another account than the one acted for now; 403 everywhere else, and
 * for every change by somebody who entered the cabinet only to look.
 */
export function requireActor(request: Request, kind?: AccountKind): Actor {
	return requireSignedIn(request, kind).actor;
}

/** The same, with the person at the keyboard. */
export function requireSignedIn(request: Request, kind?: AccountKind): SignedIn {
	const { pathname, search, searchParams } = new URL(request.url);
	const isGet = request.method === "GET" || request.method === "HEAD";
	const signedIn = signedInBy(request);
	if (!signedIn) {
		const to = isGet ? `?to=${encodeURIComponent(pathname + search)}` : "";
		throw seeOther(`/sign-in${to}`);
	}
	const { actor, inside, enteredId } = signedIn;
	const cabinet = kind ?? cabinetOf(pathname);
	if (cabinet && cabinet !== actor.account.kind) {
		const isFirstPage = pathname === `/${cabinet}` || pathname === FIRST_PAGE[cabinet];
		if (isGet && (isFirstPage || signedIn.lapsed)) throw seeOther(firstPageOf(actor));
		throw enteredId === null ? new Response(null, { status: 403 }) : refusal("other_cabinet");
	}
	if (!isGet && !isMadeFor(searchParams.get(FOR_PARAM), signedIn)) throw refusal("other_cabinet");
	if (!isGet && inside?.isReadOnly) throw refusal("read_only");
	if (signedIn.mustSetUpSecondFactor) requireSetUpPage(pathname, actor);
	noteActivity(signedIn);
	return signedIn;
}

/** Whoever must set up a second factor does nothing else before that is done. */
function requireSetUpPage(pathname: string, { account: { kind } }: Actor): void {
	const setUp = `/${kind}/settings/second-factor`;
	if (![setUp, `${setUp}/set-up`, `${setUp}/confirm`].includes(pathname)) throw seeOther(setUp);
}

/**
 * Whether a form's page was made for the account acted for now. Each of our forms says it; what says nothing comes from a program,
 * and is let pass only where the session has never been in another's cabinet and so cannot be mistaken.
 */
function isMadeFor(accountId: string | null, { actor, enteredId }: SignedIn): boolean {
	return accountId === null ? enteredId === null : accountId === String(actor.account.id);
}

function seeOther(location: string): Response {
	return new Response(null, { status: 302, headers: { Location: location } });
}
