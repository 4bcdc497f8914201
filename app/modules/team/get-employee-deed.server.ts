import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import type { Right } from "#app/modules/access/rights.ts";
import type { Tx } from "#db/tx.ts";
import { type Employee, requireChangeableEmployee } from "./require-employee.server.ts";

export type EmployeeFacts = Omit<Employee, "reach">;

/**
 * What the page shows on which something is done to an employee.
 *
 * @param right that the deed needs.
 * @throws Response 403; EmployeeNotFoundError
 */
export function getEmployeeDeed(tx: Tx, actor: Actor, userId: number, right: Right): EmployeeFacts {
	requireRight(actor, right);
	requireSelf(actor);
	const { reach: _, ...employee } = requireChangeableEmployee(tx, actor, userId);
	return employee;
}
