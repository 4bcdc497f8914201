import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LintFile, lintFile } from "./rule.ts";

const SKIPPED_FOLDERS = new Set(["node_modules", "build", "data", "gallery", "coverage", "migrations"]);
const READ = /\.(ts|tsx|mjs|js|css|json|md|sql|toml|yml|yaml|sh)$|(^|\/)(Dockerfile|run)$/;

/** Every file of ours below `root`, sorted by path. Generated folders, migrations and the lock file are not ours to judge. */
export function readTree(root: string): LintFile[] {
	const files: LintFile[] = [];
	const visit = (folder: string) => {
		for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
			const path = folder ? `${folder}/${entry.name}` : entry.name;
			const isHidden = entry.name.startsWith(".") && entry.name !== ".ci";
			if (entry.isDirectory()) {
				if (!isHidden && !SKIPPED_FOLDERS.has(entry.name)) visit(path);
			} else if (entry.isFile() && !isHidden && READ.test(path) && entry.name !== "package-lock.json") {
				files.push(lintFile(path, readFileSync(join(root, path), "utf8")));
			}
		}
	};
	visit("");
	return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
