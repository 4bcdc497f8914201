import { issue } from "#app/lib/issue.ts";
import { PasswordFlawError } from "#app/modules/access/password.errors.ts";
import { LoginTakenError } from "#app/modules/accounts/insert-user.server.ts";
import { ROLES_MAX } from "./role.schema.ts";
import {
	AccountsUnknownError,
	EmployeeNotFoundError,
	ExceedsGranterError,
	RoleInUseError,
	RoleNameTakenError,
	RoleNotFoundError,
	StaleTeamError,
	TooManyRolesError,
} from "./team.errors.ts";

export interface TeamTrouble {
	/** The field that it stands beside; empty: above the form. */
	field: string;
	issue: string;
	status: 409 | 422;
}

/** Unknown words that an error repeats, at most. */
const SHOWN_WORDS = 10;

/**
 * What a form of the team answers to an error.
 *
 * @throws Response 404 for what is not there for this actor; errors that are not the visitor's go on.
 */
export function teamTrouble(error: unknown): TeamTrouble {
	if (error instanceof EmployeeNotFoundError || error instanceof RoleNotFoundError)
		throw new Response(null, { status: 404 });
	const at = (field: string, text: string): TeamTrouble => ({ field, issue: text, status: 422 });
	if (error instanceof StaleTeamError) return { field: "", issue: "team:error.changed", status: 409 };
	if (error instanceof LoginTakenError) return at("login", "team:error.login_taken");
	if (error instanceof PasswordFlawError) return at("password", error.message);
	if (error instanceof RoleNameTakenError) return at("name", "team:error.role_name_taken");
	if (error instanceof RoleInUseError) return at("", "team:error.role_in_use");
	if (error instanceof TooManyRolesError) return at("", issue("team:error.roles_many", { max: ROLES_MAX }));
	if (error instanceof AccountsUnknownError)
		return at("only", issue("team:error.accounts_unknown", { names: error.words.slice(0, SHOWN_WORDS).join(", ") }));
	if (error instanceof ExceedsGranterError) {
		if (error.what === "accounts") return at("only", "team:error.exceeds_accounts");
		return at(error.what === "role" ? "roleId" : "", `team:error.exceeds_${error.what}`);
	}
	throw error;
}

/** `read`'s answer, or 404 where the employee or role is not there for this actor. */
export function teamOr404<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		teamTrouble(error);
		throw error;
	}
}

/** As conform's reply takes it. */
export function asErrors({ field, issue }: TeamTrouble) {
	return field ? { fieldErrors: { [field]: [issue] } } : { formErrors: [issue] };
}
