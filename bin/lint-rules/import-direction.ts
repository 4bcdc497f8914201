import { posix } from "node:path";
import ts from "typescript";
import { type Finding, finding, isScript, isTest, type LintFile, type Rule, walk } from "./rule.ts";

/**
 * The layers, first match wins. Which may import which stands in MAY_IMPORT, and nothing else may.
 * - queue: what the web may know of jobs (their names, payloads and the outbox), never their handlers.
 * - wire: the journal in Postgres; stores uploads, receipts, intents and outcomes.
 * - cluster: which node this is, what it may do, how far its books are; knows neither store.
 * - web: everything of a page that is not a route (layout, components, forms).
 */
const LAYERS: [layer: string, path: RegExp][] = [
	["testing", /(^|\/)testing\//],
	["seed", /^db\/seed(\/|\.ts)/],
	["tx", /^db\/tx\.ts$/],
	["cluster", /^db\/(role\.ts$|cluster\/)/],
	["db", /^db\//],
	["queue", /^jobs\/(catalog|outbox|enqueue)\.ts$/],
	["wire", /^jobs\/wire\//],
	["jobs", /^jobs\//],
	["lib", /^app\/(lib|locales)\//],
	["channels", /^app\/channels\//],
	["payments", /^app\/payments\//],
	["ledger", /^app\/modules\/ledger\//],
	["modules", /^app\/modules\//],
	["web", /^app\/(components|forms|layout|data|styles|enhance|client)\//],
	["routes", /^app\//],
	["e2e", /^e2e\//],
	["bin", /^bin\//],
	["root", /^[^/]+$/],
];

/** Layer → the layers that it may import, apart from itself. */
export const MAY_IMPORT: Record<string, string[]> = {
	lib: [],
	cluster: ["lib"],
	db: ["tx", "cluster", "lib"],
	tx: ["db", "cluster", "lib"],
	wire: ["lib", "queue", "cluster"],
	queue: ["tx", "wire", "lib"],
	channels: ["lib"],
	payments: ["lib"],
	ledger: ["modules", "tx", "db", "lib"],
	modules: ["ledger", "channels", "payments", "queue", "wire", "tx", "db", "cluster", "lib"],
	web: ["modules", "channels", "lib"],
	// A loader opens the one read transaction itself, hence tx; the schema and the connection are the modules' business.
	routes: ["web", "modules", "ledger", "channels", "payments", "queue", "wire", "tx", "cluster", "lib"],
	jobs: ["modules", "ledger", "channels", "payments", "queue", "wire", "tx", "db", "cluster", "lib"],
	seed: ["modules", "ledger", "channels", "queue", "tx", "db", "lib"],
	// The gallery photographs what the stories visit.
	bin: ["e2e", "jobs", "modules", "ledger", "channels", "queue", "wire", "seed", "tx", "db", "cluster", "lib", "root"],
	root: ["bin", "routes", "lib", "db"],
};

/** As MAY_IMPORT, but for `import type` only: what is written down in the wire, and what the root's loader gives to every page. */
export const MAY_IMPORT_TYPES: Record<string, string[]> = {
	wire: ["modules", "channels"],
	web: ["routes"],
};

const PAGE_PACKAGES = /^(@remix-run\/|react($|\/)|react-dom|@mantine\/|@conform-to\/react|remix-auth)/;
const STORE_PACKAGES = /^(better-sqlite3|drizzle-orm|pg$|pg\/|graphile-worker)/;

/** Layer → packages that it must not know. */
const FORBIDDEN_PACKAGES: Record<string, RegExp[]> = {
	lib: [STORE_PACKAGES],
	modules: [PAGE_PACKAGES],
	ledger: [PAGE_PACKAGES],
	jobs: [PAGE_PACKAGES],
	wire: [PAGE_PACKAGES],
	db: [PAGE_PACKAGES],
	channels: [PAGE_PACKAGES, STORE_PACKAGES],
	payments: [PAGE_PACKAGES, STORE_PACKAGES],
	routes: [STORE_PACKAGES],
	web: [STORE_PACKAGES],
};

/**
 * The story: a helper below a route imported a route for one constant; the job that used the helper then loaded React and
 * Remix into the sidecar (90 MB more, and a cycle that broke only in the production build). In another house an adapter
 * read "just one row" from the database, and could from then on be tested against nothing else. So: routes → modules →
 * (ledger, channels, payments, db, lib), jobs → modules, never back.
 */
export const importDirection: Rule = {
	name: "import-direction",
	check(files) {
		return files.filter((file) => isScript(file.path) && !isTest(file.path)).flatMap(checkFile);
	},
};

export function layerOf(path: string): string | undefined {
	return LAYERS.find(([, pattern]) => pattern.test(path))?.[0];
}

function checkFile(file: LintFile): Finding[] {
	const layer = layerOf(file.path);
	if (!layer || !(layer in MAY_IMPORT)) return [];
	const findings: Finding[] = [];
	for (const { node, name, isTypeOnly } of importsOf(file)) {
		const target = pathOf(file.path, name);
		if (target === undefined) {
			if (FORBIDDEN_PACKAGES[layer]?.some((pattern) => pattern.test(name)))
				findings.push(finding(file, node, `${layer} must not import the package ${name}`));
			continue;
		}
		const to = layerOf(target);
		if (!to || to === layer || MAY_IMPORT[layer]?.includes(to)) continue;
		if (isTypeOnly && MAY_IMPORT_TYPES[layer]?.includes(to)) continue;
		findings.push(finding(file, node, `${layer} must not import ${to} (${target})`));
	}
	return findings;
}

export function importsOf(file: LintFile): { node: ts.Node; name: string; isTypeOnly: boolean }[] {
	const found: { node: ts.Node; name: string; isTypeOnly: boolean }[] = [];
	walk(file.ast(), (node) => {
		const name =
			ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
				? node.moduleSpecifier
				: ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
					? node.arguments[0]
					: undefined;
		const isTypeOnly = ts.isImportDeclaration(node) && (node.importClause?.isTypeOnly ?? false);
		if (name && ts.isStringLiteral(name)) found.push({ node, name: name.text, isTypeOnly });
	});
	return found;
}

/** The path in the tree that an import names; undefined where it names a package. */
export function pathOf(from: string, name: string): string | undefined {
	if (name.startsWith(".")) return posix.join(posix.dirname(from), name);
	const alias = /^#(app|db|jobs|bin)\/(.*)$/.exec(name);
	if (alias) return `${alias[1]}/${alias[2]}`;
	return name.startsWith("~/") ? `app/${name.slice(2)}` : undefined;
}
