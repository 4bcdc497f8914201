import { parseWithZod } from "@conform-to/zod/v4";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { createRole } from "./create-role.server.ts";
import { getRolePage, type RoleValues } from "./get-role-page.server.ts";
import { roleSchema } from "./role.schema.ts";
import { type RoleChange, roleChanges } from "./role-changes.ts";
import { asErrors, teamTrouble } from "./team-trouble.ts";
import { updateRole } from "./update-role.server.ts";

export interface FailedRole {
	lastResult: FormReply;
	status: 409 | 422;
	/** Everything as it was typed. */
	values: RoleValues;
	/** How the role is by now, beside what was typed: the next try changes that. */
	now?: { version: number; changes: RoleChange[] };
}

/**
 * Makes a role of its filled-in form, or changes one, or says what is wrong with it. When somebody else has changed the role
 * meanwhile, that is shown, and what was typed is kept.
 *
 * @throws Response 403, 404.
 */
export async function saveRole(
	actor: Actor,
	roleId: number | undefined,
	form: FormData,
): Promise<FailedRole | { roleId: number }> {
	requireRight(actor, roleId === undefined ? "employees.create" : "employees.update");
	requireSelf(actor);
	const submission = parseWithZod(form, { schema: roleSchema });
	const values = valuesOf(form);
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422, values };
	try {
		if (roleId === undefined) return { roleId: await createRole(actor, submission.value) };
		await updateRole(actor, roleId, Number(form.get("version")), submission.value);
		return { roleId };
	} catch (error) {
		const trouble = teamTrouble(error);
		const lastResult = submission.reply(asErrors(trouble));
		const isStale = roleId !== undefined && trouble.status === 409;
		return { lastResult, status: trouble.status, values, now: isStale ? currentOf(actor, roleId, values) : undefined };
	}
}

function valuesOf(form: FormData): RoleValues {
	const text = (name: string) => String(form.get(name) ?? "");
	return { name: text("name"), rights: form.getAll("rights").map(String), reach: text("reach"), only: text("only") };
}

function currentOf(actor: Actor, roleId: number, typed: RoleValues) {
	const page = readBooks((tx) => getRolePage(tx, actor, roleId));
	return { version: page.version, changes: roleChanges(page.values, typed, page.grantable) };
}
