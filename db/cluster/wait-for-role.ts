import { role } from "../role.ts";
import { onRoleChange } from "./on-role-change.ts";
import type { Role } from "./role-of.ts";

/** A file's mode changes without telling anybody. */
const LOOK_MS = 25;

/** Resolves with the role as soon as `isGood` likes it, or with what it is after `withinMs` (or when `signal` is aborted). */
export function waitForRole(isGood: (now: Role) => boolean, withinMs: number, signal?: AbortSignal): Promise<Role> {
	return new Promise((resolve) => {
		const giveUpAt = Date.now() + withinMs;
		const look = () => {
			const now = role();
			if (!isGood(now) && Date.now() < giveUpAt && !signal?.aborted) return;
			clearInterval(timer);
			forget();
			resolve(now);
		};
		const timer = setInterval(look, LOOK_MS);
		const forget = onRoleChange(look);
		look();
	});
}
