import ts from "typescript";
import { localeFiles } from "./locale-files.ts";
import { type Finding, finding, isScript, isTest, type LintFile, type Rule, walk } from "./rule.ts";

/** What makes a translate function; the namespace is its last argument. */
const MAKERS = new Set(["useT", "translator", "getFixedT"]);
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Keys = Map<string, Set<string>>;

/**
 * The story: a key was renamed in the locale files and in two of the three pages that used it. The third said
 * "campaigns:pause_button" to its customers; no test looked at that page. Each key that stands in the code exists, and of a
 * key with a value put into it at least one exists.
 */
export const translationKeys: Rule = {
	name: "translation-keys",
	check(files) {
		const english: Keys = new Map();
		for (const { language, namespace, texts } of localeFiles(files)) {
			if (language !== "en") continue;
			const keys = new Set([...texts.keys()].flatMap((key) => [key, key.replace(PLURAL, "")]));
			english.set(namespace, keys);
		}
		return files
			.filter((file) => isScript(file.path) && !isTest(file.path) && file.path.startsWith("app/"))
			.flatMap((file) => checkFile(file, english));
	},
};

function checkFile(file: LintFile, english: Keys): Finding[] {
	const findings: Finding[] = [];
	const made = translatorsOf(file);
	const check = (node: ts.Node, key: string, namespaces: string[]) => {
		const pattern = asPattern(key);
		const isThere = namespaces.some((one) => [...(english.get(one) ?? [])].some((other) => pattern.test(other)));
		if (!isThere)
			findings.push(finding(file, node, `no text ${key.replaceAll("\0", "…")} in ${namespaces.join(", ")}`));
	};
	walk(file.ast(), (node) => {
		// Wherever it stands ("campaigns:error.past" in a schema, too), a string that begins with a namespace is a key.
		for (const [namespace, key] of namespacedKeys(node, english)) check(node, key, [namespace]);
		if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || !node.arguments[0]) return;
		const from = nearest(made, node.expression.text, node);
		if (!from && node.expression.text !== "t") return;
		for (const key of patternsOf(node.arguments[0]))
			if (!/^\w+:/.test(key)) check(node, key, from ? [from.namespace] : [...english.keys()]);
			else if (!english.has(key.slice(0, key.indexOf(":")))) check(node, key, [key.slice(0, key.indexOf(":"))]);
	});
	return findings;
}

function namespacedKeys(node: ts.Node, english: Keys): [namespace: string, key: string][] {
	const isString =
		ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);
	if (!isString) return [];
	return patternsOf(node).flatMap((text) => {
		const match = /^([\w-]+):([\w.\0-]+)$/.exec(text);
		return match?.[1] && match[2] && english.has(match[1]) ? [[match[1], match[2]]] : [];
	});
}

interface Translator {
	name: string;
	namespace: string;
	/** Where it can be seen. */
	scope: ts.Node;
}

function translatorsOf(file: LintFile): Translator[] {
	const found: Translator[] = [];
	walk(file.ast(), (node) => {
		if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) return;
		const call = node.initializer;
		if (!call || !ts.isCallExpression(call)) return;
		const maker = ts.isPropertyAccessExpression(call.expression)
			? call.expression.name.text
			: call.expression.getText();
		if (!MAKERS.has(maker)) return;
		let last = call.arguments.at(-1);
		if (last && ts.isArrayLiteralExpression(last)) last = last.elements[0];
		const namespace = last && ts.isStringLiteral(last) ? last.text : "common";
		found.push({ name: node.name.text, namespace, scope: node.parent.parent.parent });
	});
	return found;
}

function nearest(made: Translator[], name: string, from: ts.Node): Translator | undefined {
	for (let at: ts.Node | undefined = from; at; at = at.parent) {
		const found = made.find((one) => one.name === name && one.scope === at);
		if (found) return found;
	}
	return undefined;
}

/** The keys that an argument can be; what is put in at run time becomes NUL. Empty where nothing is known of it. */
function patternsOf(argument: ts.Expression): string[] {
	if (ts.isStringLiteral(argument) || ts.isNoSubstitutionTemplateLiteral(argument)) return [argument.text];
	if (ts.isAsExpression(argument) || ts.isParenthesizedExpression(argument)) return patternsOf(argument.expression);
	if (ts.isConditionalExpression(argument))
		return [...patternsOf(argument.whenTrue), ...patternsOf(argument.whenFalse)];
	if (!ts.isTemplateExpression(argument)) return [];
	return [argument.head.text + argument.templateSpans.map((span) => `\0${span.literal.text}`).join("")];
}

function asPattern(key: string): RegExp {
	return new RegExp(`^${key.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("\0", ".+")}$`);
}
