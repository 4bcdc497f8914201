/** The employee does not exist, or not in the actor's account: the two are told apart by nobody. */
export class EmployeeNotFoundError extends Error {
	override name = "EmployeeNotFoundError";
}

/** The role does not exist, or not in the actor's account. */
export class RoleNotFoundError extends Error {
	override name = "RoleNotFoundError";
}

/** Another role of the account is called so. */
export class RoleNameTakenError extends Error {
	override name = "RoleNameTakenError";
}

/** Somebody has the role. */
export class RoleInUseError extends Error {
	override name = "RoleInUseError";
}

/** The account has as many roles as it may have. */
export class TooManyRolesError extends Error {
	override name = "TooManyRolesError";
}

/** What was to be granted is more than the granter has. */
export class ExceedsGranterError extends Error {
	override name = "ExceedsGranterError";
	readonly what: "rights" | "accounts" | "role";
	constructor(what: "rights" | "accounts" | "role") {
		super(`more ${what} than the granter has`);
		this.what = what;
	}
}

/** Words of a condition that are no account of the actor's scope. */
export class AccountsUnknownError extends Error {
	override name = "AccountsUnknownError";
	readonly words: string[];
	constructor(words: string[]) {
		super(words.join(", "));
		this.words = words;
	}
}

/** Somebody has changed it after the page was made. */
export class StaleTeamError extends Error {
	override name = "StaleTeamError";
}
