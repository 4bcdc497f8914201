import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { normaliseLogin } from "./sign-in.schema.ts";

export const NEW_LOGIN_MIN = 3;
export const NEW_LOGIN_MAX = 64;

/** Letters, digits and what addresses are written with. What cannot be seen (joiners, marks of direction, spaces) is none of them. */
const ALLOWED = /^[\p{L}\p{M}0-9._@+-]+$/u;
const BEGINS_AND_ENDS = /^[\p{L}0-9].*[\p{L}\p{M}0-9]$/su;
/** The scripts whose look-alikes lib/login-skeleton.ts knows. */
const SCRIPTS = ["Latin", "Cyrillic", "Greek", "Armenian", "Arabic", "Devanagari"].map(
	(script) => new RegExp(`^[\\p{Script=${script}}\\p{Script=Inherited}0-9]*$`, "u"),
);

/** Each part between the signs in one script: "иван@shop" is read as it is written, "pаypal" with one Cyrillic letter is not. */
function isPlainlyWritten(login: string): boolean {
	return login.split(/[._@+-]/).every((part) => SCRIPTS.some((script) => script.test(part)));
}

/**
 * The login of somebody new, as it is stored. Whether it, or one that looks the same, is taken already is known to insertUser
 * (LoginTakenError).
 */
export const newLoginSchema = z
	.string("settings:login.error.required")
	.max(NEW_LOGIN_MAX, issue("settings:login.error.too_long", { count: NEW_LOGIN_MAX }))
	.transform(normaliseLogin)
	.pipe(
		z
			.string()
			.min(1, { message: "settings:login.error.required", abort: true })
			.min(NEW_LOGIN_MIN, { message: issue("settings:login.error.too_short", { count: NEW_LOGIN_MIN }), abort: true })
			// A single character can become several when its form is unified.
			.max(NEW_LOGIN_MAX, issue("settings:login.error.too_long", { count: NEW_LOGIN_MAX }))
			.regex(ALLOWED, { message: "settings:login.error.characters", abort: true })
			.regex(BEGINS_AND_ENDS, { message: "settings:login.error.ends", abort: true })
			.refine(isPlainlyWritten, "settings:login.error.mixed"),
	);
