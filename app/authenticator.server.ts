import { Authenticator } from "remix-auth";
import { FormStrategy } from "remix-auth-form";
import type { SignInTry } from "#app/modules/access/sign-in.server.ts";
import { signIn } from "#app/modules/access/sign-in.server.ts";

type Session = Awaited<ReturnType<typeof signIn>>;

/** The ways to sign in. "form": login and password; further ones (codes, single sign-on) are strategies beside it. */
export function authenticatorFor(attempt: SignInTry): Authenticator<Session> {
	return new Authenticator<Session>().use(new FormStrategy(() => signIn(attempt)), "form");
}
