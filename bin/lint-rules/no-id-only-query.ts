import ts from "typescript";
import { ALLOWED, type AllowedQuery } from "./no-id-only-query.allowed.ts";
import { type Finding, finding, isScript, isTest, type LintFile, type Rule, walk } from "./rule.ts";
import { type SchemaTable, schemaTables } from "./schema-tables.ts";

/**
 * The story: in a multi-tenant product 43 endpoints read `WHERE id = ?` with the id from the address. Each had been reviewed,
 * each test had one tenant, and any customer could read any other's rows by counting upwards. So whoever reads or changes rows
 * of a table that has an account column says in the same query which account (or scope) they act for. What serves all
 * accounts at once (sweeps, the sidecar's hot path) stands on the reviewed list beside this file, with its reason.
 */
export const noIdOnlyQuery: Rule = {
	name: "no-id-only-query",
	check: (files) => noIdOnlyQueryWith(ALLOWED)(files),
};

export function noIdOnlyQueryWith(allowed: AllowedQuery[]): (files: LintFile[]) => Finding[] {
	return (files) => {
		const tables = schemaTables(files).filter((table) => table.hasAccountColumn);
		const used = new Set<AllowedQuery>();
		const findings: Finding[] = [];
		for (const file of files) {
			if (!isScript(file.path) || isTest(file.path) || !/^(app|db|jobs|bin)\//.test(file.path)) continue;
			for (const { table, found } of [...inSql(file, tables), ...inDrizzle(file, tables)]) {
				const entry = allowed.find((one) => one.file === file.path && one.tables.includes(table));
				if (entry) used.add(entry);
				else findings.push(found);
			}
		}
		for (const entry of allowed)
			if (!used.has(entry))
				findings.push({
					path: entry.file,
					line: 1,
					message: "stands on the list of allowed queries without need: take it off",
				});
		return findings;
	};
}

interface Hit {
	table: string;
	found: Finding;
}

function inSql(file: LintFile, tables: SchemaTable[]): Hit[] {
	const hits: Hit[] = [];
	walk(file.ast(), (node) => {
		const text = sqlOf(node);
		if (!text) return;
		for (const statement of text.split(";")) {
			const table = tables.find((one) => readsOrChanges(one.name, statement));
			if (!table || hasAccountScope(statement)) continue;
			const message = `rows of ${table.name} are looked up without their account: add account_id to the condition`;
			hits.push({ table: table.name, found: finding(file, node, message) });
		}
	});
	return hits;
}

/** The SQL that a string, template or sum of strings spells; values put into it become "?". */
function sqlOf(node: ts.Node): string | undefined {
	const isPart = ts.isBinaryExpression(node.parent) && node.parent.operatorToken.kind === ts.SyntaxKind.PlusToken;
	if (isPart) return undefined;
	const text = spelled(node);
	return text && /\b(SELECT|UPDATE|DELETE)\b/.test(text) ? text : undefined;
}

function spelled(node: ts.Node): string | undefined {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (ts.isTemplateExpression(node))
		return node.head.text + node.templateSpans.map((span) => spelledSpan(span) + span.literal.text).join("");
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
		return (spelled(node.left) ?? "?") + (spelled(node.right) ?? "?");
	return undefined;
}

/** The scope's conditions are constants (app/modules/access/scope.ts, campaign-scope.ts); whatever else is put in is a value. */
function spelledSpan(span: ts.TemplateSpan): string {
	return /^(CAMPAIGN_)?IN_SCOPE$/.test(span.expression.getText()) ? "a.path >= ?" : "?";
}

function readsOrChanges(table: string, statement: string): boolean {
	return new RegExp(`\\b(FROM|JOIN|UPDATE)\\s+["\`]?${table}\\b`, "i").test(statement);
}

/** `account_id = ?`, `account_id IN (…)`, a value put in by name or number, or the path of a scope. */
const ACCOUNT_SCOPE =
	/\baccount_id\s*(=|IN)\s*[?@:$(]|[?@:$]\w*\s*=\s*(\w+\.)?account_id\b|\bpath\s*(>|<|=|LIKE\b|GLOB\b|BETWEEN\b)/i;

/** A condition compares the account with what was asked for; that it is selected, set or joined on does not help. */
function hasAccountScope(statement: string): boolean {
	const conditions = statement.split(/\b(?:WHERE|ON)\b/i).slice(1);
	return conditions.some((condition) => ACCOUNT_SCOPE.test(condition));
}

function inDrizzle(file: LintFile, tables: SchemaTable[]): Hit[] {
	const hits: Hit[] = [];
	if (!file.text.includes("orm")) return hits;
	walk(file.ast(), (node) => {
		if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
		const verb = node.expression.name.text;
		const on = node.arguments[0]?.getText().replace(/^.*\./, "");
		const asked = /\.query\.(\w+)\.find(First|Many)$/.exec(node.expression.getText())?.[1];
		const table = tables.find((one) =>
			asked ? one.constant === asked : ["from", "update", "delete"].includes(verb) && one.constant === on,
		);
		if (!table) return;
		const conditions = asked ? node.getText() : conditionsAfter(node);
		if (/\b(accountId|path)\b/.test(conditions)) return;
		const message = `rows of ${table.name} are looked up without their account: add accountId to the condition`;
		hits.push({ table: table.name, found: finding(file, node, message) });
	});
	return hits;
}

/** The texts of the where and join calls that follow in the chain. */
function conditionsAfter(call: ts.CallExpression): string {
	let text = "";
	for (let at: ts.Node = call; ; ) {
		const access = at.parent;
		if (!access || !ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent)) return text;
		at = access.parent;
		if (/where|join/i.test(access.name.text))
			text += (at as ts.CallExpression).arguments.map((argument) => argument.getText()).join(" ");
	}
}
