import { expect, it } from "vitest";
import { logicalCss } from "./logical-css.ts";
import { lintFile } from "./rule.ts";

const check = (path: string, text: string) => logicalCss.check([lintFile(path, text)]);

it.each([
	"a { margin-left: 1px }",
	"a{padding-right:1px}",
	"a { border-left-color: red }",
	"a { border-top-left-radius: 2px }",
	"a { left: 0 }",
	"a { text-align: right }",
	"a { float: left }",
])("finds %s", (css) => expect(check("app/a.css", css)).toHaveLength(1));

it.each([
	"a { margin-inline-start: 1px; inset-inline-start: 0; text-align: end }",
	"a { margin-top: 1px }",
	"/* margin-left: 0 */ a { color: red }",
	".left { color: red }",
])("lets %s pass", (css) => expect(check("app/a.css", css)).toEqual([]));

it("says the line, past comments", () => {
	expect(check("app/a.css", "/* one\ntwo */\na { left: 0 }")[0]?.line).toBe(3);
});

it("finds styles and short props in JSX", () => {
	expect(check("app/a.tsx", "const a = <b style={{ marginLeft: 1 }} />;")).toHaveLength(1);
	expect(check("app/a.tsx", 'const a = <Box ml="xs" />;')).toHaveLength(1);
	expect(check("app/a.tsx", 'const a = <Box ms="xs" style={{ marginInlineStart: 1 }} />;')).toEqual([]);
});
