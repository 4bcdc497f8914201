import ts from "typescript";
import { type Finding, finding, isTest, type LintFile, type Rule, walk } from "./rule.ts";

const ALLOWED = "app/components/post-form.tsx";

/**
 * The story: a dealer had a client's cabinet open in one tab, left it in another, and sent the campaign that still stood in the
 * first: it would have gone out in the dealer's own name. A form says which account its page was made for, and only `PostForm`
 * writes that, so nothing else writes a form that changes something.
 */
export const noBareForm: Rule = {
	name: "no-bare-form",
	check: (files) =>
		files
			.filter((file) => file.path.endsWith(".tsx") && !isTest(file.path) && file.path !== ALLOWED)
			.flatMap(checkFile),
};

function checkFile(file: LintFile): Finding[] {
	const findings: Finding[] = [];
	walk(file.ast(), (node) => {
		if (!ts.isJsxOpeningElement(node) || node.tagName.getText(file.ast()) !== "form") return;
		const isGet = node.attributes.properties.some(
			(one) =>
				ts.isJsxAttribute(one) &&
				one.name.getText(file.ast()) === "method" &&
				one.initializer !== undefined &&
				ts.isStringLiteral(one.initializer) &&
				one.initializer.text === "get",
		);
		if (!isGet) findings.push(finding(file, node, 'a form is <PostForm>, or says method="get"'));
	});
	return findings;
}
