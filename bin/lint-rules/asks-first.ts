import ts from "typescript";
import { ASKS_NOBODY, type AskedElsewhere } from "./asks-first.allowed.ts";
import { type Finding, finding, isTest, type LintFile, type Rule, walk } from "./rule.ts";

/**
 * The story: guards by convention are forgotten in the one action that somebody adds on a Friday. A product of this field hid a
 * button from employees without the right; the action behind it asked nobody, and its address was in the page of the next
 * tab. So each loader and action of a cabinet asks who is there, and each module function that is given an actor and writes to
 * the books asks for a right. What asks for none, because everybody may, stands on the reviewed list.
 */
export const asksFirst: Rule = { name: "asks-first", check: (files) => asksFirstWith(ASKS_NOBODY)(files) };

const CABINET_ROUTE = /^app\/routes\/(client|dealer|admin|every|reseller)\+\//;
const ASK_WHO = new Set(["requireActor", "requireSignedIn"]);
/** `guardLosses` commits what it is given. */
const WRITES = new Set(["inTx", "guardLosses"]);
const ASK_RIGHT = new Set([
	"requireRight",
	"requireOwnRight",
	"requireAnyRight",
	"requireSelf",
	"requireKind",
	"requireOwner",
	"requireDemandable",
]);

export function asksFirstWith(reviewed: AskedElsewhere[]): (files: LintFile[]) => Finding[] {
	return (files) => {
		const used = new Set<AskedElsewhere>();
		const findings = files
			.filter((file) => !isTest(file.path) && /^app\/(routes|modules)\/.*\.tsx?$/.test(file.path))
			.flatMap((file) => (CABINET_ROUTE.test(file.path) ? checkRoute(file) : checkModule(file)))
			.filter(({ path }) => {
				const entry = reviewed.find((one) => one.file === path);
				if (entry) used.add(entry);
				return !entry;
			});
		for (const entry of reviewed)
			if (!used.has(entry))
				findings.push({ path: entry.file, line: 1, message: "stands on the reviewed list without need: take it off" });
		return findings;
	};
}

function checkRoute(file: LintFile): Finding[] {
	return exportedFunctions(file)
		.filter(({ name }) => name === "loader" || name === "action")
		.filter(({ node }) => !calls(node, ASK_WHO))
		.map(({ name, node }) => finding(file, node, `the ${name} never asks who is there: call requireActor`));
}

function checkModule(file: LintFile): Finding[] {
	if (!file.path.startsWith("app/modules/")) return [];
	return exportedFunctions(file)
		.filter(({ node }) => node.parameters.some((one) => one.type?.getText() === "Actor"))
		.filter(({ node }) => calls(node, WRITES) && !calls(node, ASK_RIGHT))
		.map(({ name, node }) =>
			finding(file, node, `${name} writes for an actor and asks for no right: call requireRight`),
		);
}

function exportedFunctions(file: LintFile): { name: string; node: ts.FunctionLikeDeclaration }[] {
	const found: { name: string; node: ts.FunctionLikeDeclaration }[] = [];
	for (const statement of file.ast().statements) {
		const isExported =
			ts.canHaveModifiers(statement) &&
			ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
		if (!isExported) continue;
		if (ts.isFunctionDeclaration(statement) && statement.name)
			found.push({ name: statement.name.text, node: statement });
		if (ts.isVariableStatement(statement))
			for (const { name, initializer } of statement.declarationList.declarations)
				if (initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)))
					found.push({ name: name.getText(), node: initializer });
	}
	return found;
}

function calls(node: ts.Node, names: ReadonlySet<string>): boolean {
	let isCalled = false;
	walk(node, (inner) => {
		if (ts.isCallExpression(inner) && ts.isIdentifier(inner.expression) && names.has(inner.expression.text))
			isCalled = true;
	});
	return isCalled;
}
