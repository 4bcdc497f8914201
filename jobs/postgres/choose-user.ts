import { readFileSync, statSync } from "node:fs";

export interface SystemUser {
	name: string;
	uid: number;
	gid: number;
}

/**
 * As whom Postgres runs: undefined means as ourselves. Postgres refuses to run as root, so root lends it the user `postgres`
 * or else `nobody`; a cluster that exists stays with its owner.
 */
export function chooseUser(cluster: string): SystemUser | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const users = systemUsers();
	const owner = ownerOf(cluster);
	if (owner) {
		const known = users.find((user) => user.uid === owner);
		if (known) return known;
	}
	const user = users.find((one) => one.name === "postgres") ?? users.find((one) => one.name === "nobody");
	if (!user) throw new Error("Postgres does not run as root, and this system has neither a user postgres nor nobody");
	return user;
}

function ownerOf(path: string): number | undefined {
	try {
		return statSync(path).uid;
	} catch {
		return undefined;
	}
}

function systemUsers(): SystemUser[] {
	return readFileSync("/etc/passwd", "utf8")
		.split("\n")
		.map((line) => line.split(":"))
		.filter((fields) => fields.length >= 4)
		.map(([name, , uid, gid]) => ({ name: name!, uid: Number(uid), gid: Number(gid) }));
}

/** The name of the user that this process runs as, as Postgres will see it at the other end of the socket. */
export function ownName(): string {
	const uid = process.getuid?.() ?? -1;
	return systemUsers().find((user) => user.uid === uid)?.name ?? String(uid);
}
