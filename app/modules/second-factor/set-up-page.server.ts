import type { Actor } from "#app/modules/access/actor.ts";
import { readSetUp } from "./begin-set-up.server.ts";
import { totpUri } from "./totp.server.ts";

export interface SetUpPage {
	/** As `confirmSetUp` takes it. */
	setUp: string;
	/** Base32, in groups of four: for whoever types it. */
	key: string;
	/** For the QR code. */
	uri: string;
}

/**
 * What the page shows of a set-up.
 *
 * @param issuer the name that the person knows the site by; the app lists the code under it.
 * @throws StaleSetUpError
 */
export function setUpPage(
	actor: Actor,
	setUp: string,
	{ issuer, login }: { issuer: string; login: string },
): SetUpPage {
	const { secret } = readSetUp(actor, setUp);
	return { setUp, key: secret.replace(/.{4}(?=.)/g, "$& "), uri: totpUri({ secret, issuer, login }) };
}
