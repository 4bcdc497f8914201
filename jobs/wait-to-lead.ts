import { isLeaseProven } from "#db/cluster/lease-proof.ts";
import { mayWriteBooks } from "#db/cluster/may-write-books.ts";
import { onRoleChange } from "#db/cluster/on-role-change.ts";
import { litefsRole, role } from "#db/role.ts";

/** A file's mode changes without telling anybody. */
const LOOK_MS = 50;
/** A stream of LiteFS that breaks and comes back is no loss; whether the role went meanwhile is told by the epoch. */
const BLIND_MS = 1_000;

/** Resolves with true as soon as LiteFS says that this node leads, and Consul that the lease is its own; with false when `isStopping`. */
export function waitToLead(isStopping: () => boolean): Promise<boolean> {
	return new Promise((resolve) => {
		const look = () => {
			if (!(litefsRole() === "primary" && isLeaseProven()) && !isStopping()) return;
			clearInterval(timer);
			forget();
			resolve(!isStopping());
		};
		const timer = setInterval(look, LOOK_MS);
		const forget = onRoleChange(look);
		look();
	});
}

/** Calls `onLost`, from after the epoch was taken on, as soon as this node may not write the books any more. */
export function exitWhenLost(onLost: (why: string) => void): void {
	let blindSince = 0;
	const look = () => {
		if (!mayWriteBooks()) onLost("the epoch is over");
		else if (litefsRole() === "replica") onLost("another node leads");
		else if (role() === "primary") blindSince = 0;
		else {
			blindSince ||= performance.now();
			if (performance.now() - blindSince > BLIND_MS) onLost("it is not known that this node leads");
		}
	};
	setInterval(look, LOOK_MS).unref();
	onRoleChange(look);
}
