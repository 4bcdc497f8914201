import { z } from "zod";
import { asciiDigits } from "#app/lib/ascii-digits.ts";

export const LOGIN_MAX = 100;
export const PASSWORD_MAX = 200;

/**
 * The same letters typed on two keyboards can be different code points: NFKC makes them one. Digits are 0–9 on all of them; what
 * cannot be seen is dropped where it was copied along.
 */
export function normaliseLogin(login: string): string {
	return asciiDigits(login.normalize("NFKC")).toLowerCase().normalize("NFKC").replace(EDGES, "");
}

const EDGES = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

export const signInSchema = z.object({
	login: z
		.string("auth:error.login_required")
		.max(LOGIN_MAX, "auth:error.too_long")
		.transform(normaliseLogin)
		.pipe(z.string().min(1, "auth:error.login_required")),
	password: z
		.string("auth:error.password_required")
		.min(1, "auth:error.password_required")
		.max(PASSWORD_MAX, "auth:error.too_long"),
});

export type SignInForm = z.input<typeof signInSchema>;
