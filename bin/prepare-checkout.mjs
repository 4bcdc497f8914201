// Plain JavaScript without dependencies, for any Node from 18 on: it runs before anything is installed.
import { spawn } from "node:child_process";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const OLDEST_NODE = 18;

/**
 * Brings the checkout to where its own code can run: the packages of package-lock.json, exactly, and nothing when they are
 * there already. Ends the process with one line when it cannot.
 */
export async function prepareCheckout() {
	process.chdir(root);
	const major = Number(process.versions.node.split(".")[0]);
	if (major < OLDEST_NODE)
		giveUp(`Node ${process.versions.node} is too old to install with: Node ${OLDEST_NODE} or newer is needed`);
	if (isInstalled()) return;
	console.log("Installing the packages of package-lock.json (once; a minute or two) …");
	await install();
}

/** @param {string} line */
export function giveUp(line) {
	console.error(line);
	process.exit(1);
}

/** Whether node_modules is what package-lock.json says. npm writes the list of what it installed last, so a half install has none. */
function isInstalled() {
	const folder = join(root, "node_modules");
	// A linked folder belongs to another checkout: not ours to change.
	if (existsSync(folder) && lstatSync(folder).isSymbolicLink()) return true;
	const wanted = packagesOf(join(root, "package-lock.json"));
	const found = packagesOf(join(folder, ".package-lock.json"));
	return Object.entries(wanted).every(([path, entry]) => {
		if (path === "") return true;
		const installed = found[path];
		// Of an optional package there are versions for other machines, which npm leaves out.
		if (!installed) return entry.optional === true && !isForThisMachine(entry);
		return installed.version === entry.version && installed.integrity === entry.integrity;
	});
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }>}
 */
function packagesOf(path) {
	try {
		return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
	} catch {
		return {};
	}
}

/** @param {{ os?: string[], cpu?: string[], libc?: string[] }} entry */
function isForThisMachine(entry) {
	// Which C library a machine has is npm's to find out.
	if (entry.libc) return false;
	const fits = (/** @type {string[] | undefined} */ list, /** @type {string} */ mine) => !list || list.includes(mine);
	return Boolean(entry.os ?? entry.cpu) && fits(entry.os, process.platform) && fits(entry.cpu, process.arch);
}

async function install() {
	// With the development packages: the web's build and the tests need them.
	const options = ["ci", "--include=dev", "--include=optional", "--loglevel=error", "--no-audit", "--no-fund"];
	// A slow line is given its time; a missing one is told within seconds.
	options.push("--fetch-retries=3", "--fetch-retry-mintimeout=1000", "--fetch-retry-factor=3");
	const npm = process.env.npm_execpath;
	const isScript = npm !== undefined && /\.[cm]?js$/.test(npm);
	const [command, first] = isScript ? [process.execPath, [npm]] : ["npm", []];
	const { code, said } = await run(command, [...first, ...options]);
	if (code !== 0) giveUp(`The packages could not be installed: ${whyNot(said)}`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, said: string }>}
 */
function run(command, args) {
	return new Promise((resolve) => {
		const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
		let said = "";
		const keep = (/** @type {Buffer} */ piece) => {
			said = (said + piece).slice(-20_000);
		};
		child.stdout.on("data", keep);
		child.stderr.on("data", keep);
		child.on("error", (error) => resolve({ code: 1, said: error.message }));
		child.on("close", (code) => resolve({ code, said }));
	});
}

/** @param {string} said what npm said */
function whyNot(said) {
	if (/ENOSPC|no space left/i.test(said)) return `the disk is full (${root})`;
	if (/EACCES|EPERM|EROFS/.test(said)) return `this user may not write to ${root}`;
	if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/i.test(said))
		return `npm cannot reach its registry; look at the network (or npm's registry and proxy settings) and try again`;
	if (/spawn npm ENOENT/.test(said)) return "npm is not installed";
	const lines = said
		.split("\n")
		.filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log|^npm \S+( code.*)?$/.test(line));
	return (lines[0] ?? said.trim().split("\n").pop() ?? "").replace(/^npm (error|ERR!) /, "") || "npm gave no reason";
}
