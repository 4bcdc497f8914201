import { HOTP, Secret, TOTP } from "otpauth";
import { isSameSecret } from "#app/lib/secrets.server.ts";

/** RFC 6238 with what every authenticator app takes: SHA-1, 6 digits, 30 seconds. */
const STEP_MS = 30_000;
const DIGITS = 6;
/** RFC 4226 asks for 160 bits. */
const SECRET_BYTES = 20;
/** Steps by which the phone's clock may be off, either way. */
const CLOCK_STEPS = 1;

/** A new secret in base32: 32 letters and digits. */
export function newTotpSecret(): string {
	return new Secret({ size: SECRET_BYTES }).base32;
}

/** What the QR code says. `issuer` is the brand's name as the person knows it. */
export function totpUri({ secret, issuer, login }: { secret: string; issuer: string; login: string }): string {
	const names = { issuer: withoutColon(issuer), label: withoutColon(login) };
	return new TOTP({ ...names, secret, digits: DIGITS, period: STEP_MS / 1000 }).toString();
}

/** Apps take what stands before the first colon for the issuer, encoded or not. */
function withoutColon(name: string): string {
	return name.replace(/\s*:\s*/g, " ");
}

/** The code of a moment (unix ms). */
export function totpCode(secret: string, atUtc: number): string {
	return codeOf(secret, Math.floor(atUtc / STEP_MS));
}

/**
 * The time step that a code belongs to, of those that may be near now; undefined: it is none of theirs. Each code serves once:
 * only steps after `lastStep`, that of the last code taken, are looked at.
 */
export function totpStep(secret: string, code: string, lastStep: number | null, now = Date.now()): number | undefined {
	const current = Math.floor(now / STEP_MS);
	for (let step = current - CLOCK_STEPS; step <= current + CLOCK_STEPS; step++)
		if (step > (lastStep ?? -1) && isSameSecret(codeOf(secret, step), code)) return step;
	return undefined;
}

function codeOf(secret: string, step: number): string {
	return HOTP.generate({ secret: Secret.fromBase32(secret), digits: DIGITS, counter: step });
}
