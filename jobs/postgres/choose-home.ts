import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
	chmodSync,
	chownSync,
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseUser, type SystemUser } from "./choose-user.ts";
import { findBinaries, type PostgresBinaries } from "./find-binaries.ts";
import { findPostmaster } from "./find-postmaster.ts";
import { stopPostgres } from "./stop-postgres.ts";

export interface PostgresHome {
	/** Holds the cluster and the log of its start. */
	folder: string;
	cluster: string;
	/** Folder of the unix socket. */
	sockets: string;
	/** Holds bin/, lib/ and share/. */
	binaries: string;
	/** As whom it runs; undefined: as ourselves. */
	user?: SystemUser;
}

/** Outside the project, for when Postgres's user cannot enter it (a clone in /root). */
const FAR_BASES = ["/var/lib/tiercast", "/var/tmp/tiercast"];
/** A unix socket's path is at most 107 bytes on Linux and 103 on macOS. */
const SOCKET_PATH_MAX = 100;

/**
 * Where the embedded Postgres of this data folder lives, made where it is missing: `dataDir`/postgres, or where its user
 * cannot go there, a folder under /var/lib that is tied to the data folder by an id kept in both, so that a fresh clone at
 * the same path never meets an old cluster.
 */
export async function chooseHome(dataDir: string): Promise<PostgresHome> {
	const near = join(dataDir, "postgres");
	mkdirSync(near, { recursive: true });
	const found = findBinaries();
	const mark = join(near, "home-id");
	const far = existsSync(mark) ? farFolder(realpathSync(dataDir), readFileSync(mark, "utf8").trim()) : undefined;
	const user = chooseUser(join(far ?? near, "cluster"));
	let folder = far ?? near;
	if (user && !far && !canUse(user, near)) {
		if (existsSync(join(near, "cluster")))
			throw new Error(
				`the user ${user.name}, which Postgres runs as, can no longer enter ${near}: give its folders back o+x`,
			);
		const id = randomBytes(8).toString("hex");
		await removeForgotten(realpathSync(dataDir));
		folder = makeFarFolder(realpathSync(dataDir), id, user);
		writeFileSync(mark, id);
	}
	return {
		folder,
		cluster: join(folder, "cluster"),
		sockets: chooseSockets(folder, user),
		binaries: user ? reachableBinaries(found, user) : found.folder,
		user,
	};
}

/** Tried, not computed: access lists and mounts have a say too. */
function canUse(user: SystemUser, folder: string): boolean {
	chownSync(folder, user.uid, user.gid);
	const tried = spawnSync("/bin/sh", ["-c", 'cd "$0" && test -w .', folder], {
		uid: user.uid,
		gid: user.gid,
		cwd: "/",
	});
	return tried.status === 0;
}

function farFolder(dataDir: string, id: string): string | undefined {
	for (const base of FAR_BASES) {
		const folder = join(base, id);
		const owner = join(folder, "data-dir");
		if (!existsSync(owner)) continue;
		const from = readFileSync(owner, "utf8");
		if (from !== dataDir) {
			// A moved data folder takes its cluster along; a copied one must not share it with the original.
			if (existsSync(join(from, "postgres", "home-id"))) return undefined;
			writeFileSync(owner, dataDir);
		}
		return folder;
	}
	return undefined;
}

/** The cluster of a data folder that was here before and has been thrown away, id and all. */
async function removeForgotten(dataDir: string): Promise<void> {
	for (const base of FAR_BASES.filter(existsSync)) {
		for (const folder of readdirSync(base).map((name) => join(base, name))) {
			const owner = join(folder, "data-dir");
			if (!existsSync(owner) || readFileSync(owner, "utf8") !== dataDir) continue;
			const cluster = join(folder, "cluster");
			const left = findPostmaster(cluster);
			if (left) await stopPostgres({ pid: left.pid, cluster });
			rmSync(folder, { recursive: true, force: true });
		}
	}
}

function makeFarFolder(dataDir: string, id: string, user: SystemUser): string {
	for (const base of FAR_BASES) {
		try {
			mkdirSync(base, { recursive: true });
			chmodSync(base, 0o755);
			const folder = join(base, id);
			mkdirSync(folder, { mode: 0o700 });
			if (!canUse(user, folder)) continue;
			writeFileSync(join(folder, "data-dir"), dataDir);
			return folder;
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code !== "EACCES" && code !== "EROFS" && code !== "EPERM") throw error;
		}
	}
	throw new Error(
		`the user ${user.name}, which Postgres runs as, can enter neither ${dataDir} nor ${FAR_BASES.join(", ")}`,
	);
}

function reachableBinaries(found: PostgresBinaries, user: SystemUser): string {
	if (canRun(user, found.folder)) return found.folder;
	for (const base of FAR_BASES) {
		const folder = join(base, `postgres-${found.version}`);
		if (canRun(user, folder)) return folder;
		try {
			mkdirSync(base, { recursive: true });
			chmodSync(base, 0o755);
			// Under another name until it is whole: a copy that was broken off is never run.
			const half = `${folder}.${process.pid}`;
			rmSync(half, { recursive: true, force: true });
			cpSync(found.folder, half, { recursive: true, verbatimSymlinks: true });
			spawnSync("chmod", ["-R", "u=rwX,go=rX", half]);
			rmSync(folder, { recursive: true, force: true });
			renameSync(half, folder);
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code !== "EACCES" && code !== "EROFS" && code !== "EPERM") throw error;
		}
		if (canRun(user, folder)) return folder;
	}
	throw new Error(
		`the user ${user.name} can run Postgres neither from ${found.folder} nor from ${FAR_BASES.join(", ")}`,
	);
}

function canRun(user: SystemUser, binaries: string): boolean {
	const options = { uid: user.uid, gid: user.gid, cwd: "/" };
	return spawnSync(join(binaries, "bin", "postgres"), ["--version"], options).status === 0;
}

function chooseSockets(folder: string, user: SystemUser | undefined): string {
	if (Buffer.byteLength(join(folder, ".s.PGSQL.5432.lock")) <= SOCKET_PATH_MAX) return folder;
	const key = createHash("sha256").update(realpathSync(folder)).digest("hex").slice(0, 16);
	const sockets = join(user && existsSync("/run") ? "/run" : tmpdir(), `pg-${key}`);
	mkdirSync(sockets, { recursive: true, mode: 0o700 });
	const uid = user?.uid ?? process.getuid?.() ?? 0;
	if (user && lstatSync(sockets).uid === 0) chownSync(sockets, user.uid, user.gid);
	const { uid: owner, mode } = lstatSync(sockets);
	// /tmp is everybody's: somebody else may have made the folder first.
	if (owner !== uid || (mode & 0o170000) !== 0o040000) throw new Error(`${sockets} belongs to somebody else`);
	return sockets;
}
