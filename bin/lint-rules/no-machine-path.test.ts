import { expect, it } from "vitest";
import { noMachinePath } from "./no-machine-path.ts";
import { lintFile } from "./rule.ts";

const check = (text: string) => noMachinePath.check([lintFile("app/a.ts", text)]);

// Put together here, so that this file itself passes the rule.
it.each([["", "home", "ann", "a.csv"].join("/"), ["", "Users", "ann"].join("/"), ["", "root", ".npmrc"].join("/")])(
	"finds %s",
	(path) => {
		expect(check(`read("${path}")`)).toHaveLength(1);
		expect(check(`one\ntwo "${path}"`)[0]?.line).toBe(2);
	},
);

it.each(["./home/page.ts", "https://example.org/home/page", "app/work/list.ts", "/tmp/a"])("lets %s pass", (path) =>
	expect(check(`read("${path}")`)).toEqual([]),
);
