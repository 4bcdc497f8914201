import { parseWithZod } from "@conform-to/zod/v4";
import type { Actor } from "#app/modules/access/actor.ts";
import { makePasswordForForm } from "#app/modules/access/make-password-for-form.server.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { passwordForOther } from "./employee.schema.ts";
import { requireChangeableEmployee } from "./require-employee.server.ts";
import type { FailedEmployee } from "./save-employee.server.ts";
import { setEmployeePassword } from "./set-employee-password.server.ts";
import { asErrors, teamTrouble } from "./team-trouble.ts";

/**
 * Sets an employee's password by its form; without one, one is made.
 *
 * @throws Response 403, 404.
 */
export async function saveEmployeePassword(
	actor: Actor,
	userId: number,
	form: FormData,
): Promise<FailedEmployee | { madePassword: string | null }> {
	requireRight(actor, "employees.update");
	requireSelf(actor);
	const submission = parseWithZod(form, { schema: passwordForOther });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
	const { password: typed } = submission.value;
	try {
		const { login } = readBooks((tx) => requireChangeableEmployee(tx, actor, userId));
		const madePassword = typed ? null : makePasswordForForm(actor, form, login);
		await setEmployeePassword(actor, userId, typed ?? madePassword!);
		return { madePassword };
	} catch (error) {
		const trouble = teamTrouble(error);
		return { lastResult: submission.reply(asErrors(trouble)), status: trouble.status };
	}
}
