import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { employeeSchema } from "./employee.schema.ts";
import { requireEmployee } from "./require-employee.server.ts";
import { asErrors, teamTrouble } from "./team-trouble.ts";
import { updateEmployee } from "./update-employee.server.ts";

export interface FailedEmployee {
	lastResult: FormReply;
	status: 409 | 422;
	/** How the employee is by now, where somebody has changed it meanwhile: the next try changes that. */
	now?: { version: number; name: string; email: string; phone: string; roleName: string | null };
}

/**
 * Changes an employee by its filled-in form, or says what is wrong with it.
 *
 * @throws Response 403, 404.
 */
export async function saveEmployee(
	actor: Actor,
	userId: number,
	form: FormData,
): Promise<FailedEmployee | { userId: number }> {
	requireRight(actor, "employees.update");
	requireSelf(actor);
	const submission = parseWithZod(form, { schema: employeeSchema });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422 };
	try {
		await updateEmployee(actor, userId, Number(form.get("version")), submission.value);
		return { userId };
	} catch (error) {
		const trouble = teamTrouble(error);
		const lastResult = submission.reply(asErrors(trouble));
		if (trouble.status !== 409) return { lastResult, status: trouble.status };
		const { version, name, email, phone, roleName } = readBooks((tx) => requireEmployee(tx, actor, userId));
		return { lastResult, status: 409, now: { version, name, email, phone, roleName } };
	}
}
