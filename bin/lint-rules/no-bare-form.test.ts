import { expect, it } from "vitest";
import { noBareForm } from "./no-bare-form.ts";
import { lintFile } from "./rule.ts";

const check = (jsx: string, path = "app/routes/a.tsx") => noBareForm.check([lintFile(path, `const a = ${jsx};`)]);

it.each(['<form method="post"><b /></form>', "<form>x</form>", "<form method={method}>x</form>"])("finds %s", (jsx) =>
	expect(check(jsx)).toHaveLength(1),
);

it.each(['<form method="get"><b /></form>', "<PostForm>x</PostForm>"])("lets %s pass", (jsx) =>
	expect(check(jsx)).toEqual([]),
);

it("lets the one component write it", () =>
	expect(check('<form method="post"></form>', "app/components/post-form.tsx")).toEqual([]));
