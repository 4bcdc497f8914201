import { expect, it } from "vitest";
import { fileLength } from "./file-length.ts";
import { lintFile } from "./rule.ts";

const check = (path: string, lines: number) => fileLength.check([lintFile(path, "a;\n".repeat(lines))]);

it("lets 350 lines pass and stops at 351", () => {
	expect(check("app/a.ts", 350)).toEqual([]);
	expect(check("app/a.ts", 351)[0]?.message).toContain("351 lines");
});

it("lets a test have 500", () => {
	expect(check("app/a.test.ts", 500)).toEqual([]);
	expect(check("app/a.test.ts", 501)).toHaveLength(1);
});

it("does not count texts", () => expect(check("app/locales/en/a.json", 900)).toEqual([]));
