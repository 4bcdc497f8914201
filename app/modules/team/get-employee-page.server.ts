import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { showReach } from "./reach-shown.server.ts";
import { mayChangeEmployee, requireEmployee } from "./require-employee.server.ts";

/**
 * An employee with all that its page shows.
 *
 * @throws Response 403; EmployeeNotFoundError
 */
export function getEmployeePage(tx: Tx, actor: Actor, userId: number) {
	requireRight(actor, "employees.read");
	const employee = requireEmployee(tx, actor, userId);
	const { reach, ...facts } = employee;
	return {
		...facts,
		shown: showReach(tx, actor, reach),
		isSelf: userId === actor.userId,
		mayChange: mayChangeEmployee(tx, actor, employee),
	};
}
