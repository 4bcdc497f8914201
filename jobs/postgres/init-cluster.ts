import { spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PostgresHome } from "./choose-home.ts";
import { ownName } from "./choose-user.ts";

/** The database's superuser, and the name of the database. */
export const DATABASE_USER = "jobs";

/** Makes the cluster unless it is there. It gets its name only when it is whole, so that a kill half way leaves nothing behind. */
export async function initCluster(home: PostgresHome): Promise<void> {
	if (!existsSync(join(home.cluster, "PG_VERSION"))) {
		const half = `${home.cluster}.new`;
		rmSync(half, { recursive: true, force: true });
		mkdirSync(half, { mode: 0o700 });
		if (home.user) chownSync(half, home.user.uid, home.user.gid);
		await runInitdb(home, half);
		renameSync(half, home.cluster);
	}
	letOursIn(home);
}

/**
 * The kernel says who is at the other end of the socket, so no password exists that could leak: root, we ourselves and
 * Postgres's own user are let in, nobody else.
 */
function letOursIn(home: PostgresHome): void {
	const names = new Set(["root", ownName(), ...(home.user ? [home.user.name] : [])]);
	// nobody is everybody's: never let it in.
	names.delete("nobody");
	const map = [...names].map((name) => `house "${name}" ${DATABASE_USER}`).join("\n");
	write(home, "pg_hba.conf", "local all all peer map=house\n");
	write(home, "pg_ident.conf", `${map}\n`);
}

function write(home: PostgresHome, name: string, text: string): void {
	const path = join(home.cluster, name);
	writeFileSync(path, text, { mode: 0o600 });
	chmodSync(path, 0o600);
	if (home.user) chownSync(path, home.user.uid, home.user.gid);
}

function runInitdb(home: PostgresHome, into: string): Promise<void> {
	const options = ["-D", into, "-U", DATABASE_USER, "-E", "UTF8", "--no-locale", "--auth=peer"];
	const child = spawn(join(home.binaries, "bin", "initdb"), options, {
		cwd: "/",
		// initdb takes the language of its messages from here; we read them.
		env: { LC_ALL: "C", TZ: "UTC", PATH: process.env.PATH, NODE_ENV: "production" },
		stdio: ["ignore", "pipe", "pipe"],
		...(home.user && { uid: home.user.uid, gid: home.user.gid }),
	});
	let said = "";
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (said += piece));
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code) => {
			if (code === 0) return resolve();
			const reason = said.split("\n").filter((line) => /error|fatal|could not|No space/i.test(line));
			reject(
				new Error(`the embedded Postgres could not be made: ${reason.join(" ").trim() || said.trim().slice(-300)}`),
			);
		});
	});
}
