import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { PASSWORD_MAX } from "./sign-in.schema.ts";

/** Characters of a new password, at least; those that were set before stay as they are. */
export const PASSWORD_MIN = 10;

/**
 * The field of every form that sets a password. What it cannot know (leaked lists, the person's own login and name) is asked of
 * findPasswordFlaw afterwards.
 */
export const newPasswordField = z
	.string("settings:password.error.required")
	.min(1, "settings:password.error.required")
	.refine((password) => lengthOf(password) >= PASSWORD_MIN || password === "", {
		message: issue("settings:password.error.too_short", { count: PASSWORD_MIN }),
		abort: true,
	})
	.max(PASSWORD_MAX, issue("settings:password.error.too_long", { count: PASSWORD_MAX }));

/** In letters as people count them: an emoji is one. */
function lengthOf(password: string): number {
	return [...password.normalize("NFKC")].length;
}

/** The form in which people change their own password. */
export const changePasswordSchema = z
	.object({
		current: z.string("settings:password.error.current").max(PASSWORD_MAX, "settings:password.error.wrong"),
		password: newPasswordField,
		repeat: z.string("settings:password.error.repeat"),
	})
	.refine(({ password, repeat }) => password === repeat, {
		path: ["repeat"],
		message: "settings:password.error.differs",
	});

export type ChangePasswordForm = z.input<typeof changePasswordSchema>;
