import { parseWithZod } from "@conform-to/zod/v4";
import type { Actor } from "#app/modules/access/actor.ts";
import { makePasswordForForm } from "#app/modules/access/make-password-for-form.server.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { createEmployee } from "./create-employee.server.ts";
import { newEmployeeSchema } from "./employee.schema.ts";
import type { FailedEmployee } from "./save-employee.server.ts";
import { asErrors, teamTrouble } from "./team-trouble.ts";

export interface SavedEmployee {
	userId: number;
	login: string;
	/** Null: it was typed. */
	madePassword: string | null;
}

/**
 * Makes an employee of a filled-in form, or says what is wrong with it. Without a password one is made.
 *
 * @throws Response 403, 404.
 */
export async function saveNewEmployee(actor: Actor, form: FormData): Promise<FailedEmployee | SavedEmployee> {
	requireRight(actor, "employees.create");
	requireSelf(actor);
	const submission = parseWithZod(form, { schema: newEmployeeSchema });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
	const { login, password: typed } = submission.value;
	const madePassword = typed ? null : makePasswordForForm(actor, form, login);
	try {
		const userId = await createEmployee(actor, { ...submission.value, password: typed ?? madePassword! });
		return { userId, login, madePassword };
	} catch (error) {
		const trouble = teamTrouble(error);
		return { lastResult: submission.reply(asErrors(trouble)), status: trouble.status };
	}
}
