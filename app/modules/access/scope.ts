import type { Actor } from "./actor.ts";

/**
 * The condition that a row `a` of accounts lies in the actor's scope; give the statement `scope: scopeOf(actor)`. For rows found
 * by another key: a list of a scope starts from SCOPE_RANGES instead.
 */
export const IN_SCOPE =
	"EXISTS (SELECT 1 FROM json_each(@scope) s WHERE a.path >= s.value ->> 0 AND a.path < s.value ->> 1)";

/** The scope as rows `s` of a FROM clause: join `a.path >= s.value ->> 0 AND a.path < s.value ->> 1` (the index on path serves it). */
export const SCOPE_RANGES = "json_each(@scope) s";

/** What @scope is bound to: the ranges of account paths that the actor may reach, none inside another. JSON [["/1/5/","/1/50"], …] */
export function scopeOf(actor: Pick<Actor, "branches">): string {
	return JSON.stringify(actor.branches.map(branchRange));
}

/**
 * A branch as a range of account paths: `path >= from AND path < to` holds for the account itself and everything below it. A range
 * rather than LIKE, because the index on the path serves it.
 */
export function branchRange(path: string): [from: string, to: string] {
	// "0" is the character after "/": "/1/7/" … "/1/70" without its end.
	return [path, `${path.slice(0, -1)}0`];
}

/** Whether an account with this path lies in the actor's scope. */
export function isInScope(actor: Pick<Actor, "branches">, path: string): boolean {
	return actor.branches.some((branch) => path.startsWith(branch));
}

/** Of several branches those that lie in no other of them. */
export function outermost(paths: readonly string[]): string[] {
	return [...new Set(paths)].filter((path) => !paths.some((other) => other !== path && path.startsWith(other)));
}
