import { execFileSync } from "node:child_process";
import { accessSync, constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Programs that nobody installs for us, by name and version; their modules are pinned in tools/. */
const TOOLS = {
	litefs: { version: "v0.5.14", module: "github.com/superfly/litefs/cmd/litefs" },
	consul: { version: "v1.12.9", module: "github.com/hashicorp/consul" },
} as const;

export type Tool = keyof typeof TOOLS;

/** Go, where it is on the PATH or where its own installer puts it, which not every service's PATH names. */
const GO_PLACES = ["go", "/usr/local/go/bin/go"];
const findGo = () => GO_PLACES.find((path) => has(path, "version"));

const tools = fileURLToPath(new URL("../../tools/", import.meta.url));

/** What each form of the tests calls: the short one cuts nobody off. */
const PROGRAMS = {
	short: [
		["fusermount3", "--version", "fuse3"],
		["ip", "-V", "iproute2"],
		["nsenter", "--version", "util-linux"],
	],
	whole: [
		["fusermount3", "--version", "fuse3"],
		["ip", "-V", "iproute2"],
		["nsenter", "--version", "util-linux"],
		["nft", "--version", "nftables"],
	],
} as const;

/** Why no cluster can run here, in one line; null: it can. What Debian's packages can mend is mended. */
export function whyNoCluster(form: keyof typeof PROGRAMS): string | null {
	if (process.platform !== "linux") return "LiteFS needs Linux";
	if (process.getuid?.() !== 0) return "namespaces and mounts need root";
	try {
		accessSync("/dev/fuse", constants.R_OK | constants.W_OK);
	} catch {
		return "/dev/fuse is not there";
	}
	if (!findGo()) return "Go is not installed, which builds LiteFS and Consul";
	for (const [program, question, debian] of PROGRAMS[form]) {
		if (has(program, question)) continue;
		if (!install(debian) || !has(program, question)) return `${program} is not installed (Debian: ${debian})`;
	}
	return null;
}

function has(program: string, question: string): boolean {
	try {
		execFileSync(program, [question], { stdio: "ignore" });
		return true;
	} catch {
		return false;
	}
}

function install(name: string): boolean {
	for (const args of [["update"], ["install", "-y", "--no-install-recommends", name]]) {
		try {
			execFileSync("apt-get", args, { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
		} catch {
			if (args[0] === "install") return false;
		}
	}
	return true;
}

/**
 * The path of a tool's program, built when it is asked for first; it stays in ~/.cache, by its version. Takes half a minute for LiteFS and
 * some minutes for Consul.
 *
 * @throws Error with what Go said.
 */
export function buildTool(tool: Tool): string {
	const { version, module } = TOOLS[tool];
	const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "tiercast");
	const path = join(folder, `${tool}-${version}`);
	if (existsSync(path)) return path;
	mkdirSync(folder, { recursive: true });
	const work = mkdtempSync(join(tmpdir(), `build-${tool}-`));
	try {
		for (const name of ["go.mod", "go.sum"]) copyFileSync(join(tools, tool, name), join(work, name));
		execFileSync(findGo() ?? "go", ["build", "-mod=readonly", "-trimpath", "-o", join(work, tool), module], {
			cwd: work,
			env: { ...process.env, CGO_ENABLED: "0" },
			stdio: ["ignore", "inherit", "inherit"],
		});
		// Whole or not at all, and from another file system.
		copyFileSync(join(work, tool), `${path}.new`);
		renameSync(`${path}.new`, path);
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
	return path;
}
