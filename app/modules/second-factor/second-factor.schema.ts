import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { LOGIN_MAX, normaliseLogin, PASSWORD_MAX } from "#app/modules/access/sign-in.schema.ts";

/** Room for a recovery code with spaces between all of its letters. */
export const CODE_MAX = 60;
export const REASON_MAX = 300;

const password = z
	.string("auth:error.password_required")
	.min(1, "auth:error.password_required")
	.max(PASSWORD_MAX, "auth:error.too_long");
const code = z
	.string("factor:error.code_required")
	.trim()
	.min(1, "factor:error.code_required")
	.max(CODE_MAX, "factor:error.code_wrong");

/** The second step of a sign-in. */
export const codeSchema = z.object({ code });
/** Whoever has a second factor shows both before it is changed. */
export const proofSchema = z.object({ password, code });
/** Whoever has none yet, the password. */
export const passwordSchema = z.object({ password });
/** `setUp`: the sealed secret that the page was given. */
export const confirmSchema = z.object({ setUp: z.string("factor:error.stale"), code });
export const resetSchema = z.object({
	login: z
		.string("auth:error.login_required")
		.max(LOGIN_MAX, "auth:error.too_long")
		.transform(normaliseLogin)
		.pipe(z.string().min(1, "auth:error.login_required")),
	reason: z
		.string("factor:error.reason_required")
		.trim()
		.min(1, "factor:error.reason_required")
		.max(REASON_MAX, issue("factor:error.reason_too_long", { max: REASON_MAX })),
});

export type CodeForm = z.input<typeof codeSchema>;
export type ProofForm = z.input<typeof proofSchema>;
export type ConfirmForm = z.input<typeof confirmSchema>;
export type ResetForm = z.input<typeof resetSchema>;
