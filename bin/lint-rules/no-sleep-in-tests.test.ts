import { expect, it } from "vitest";
import { noSleepInTests } from "./no-sleep-in-tests.ts";
import { lintFile } from "./rule.ts";

const check = (text: string, path = "app/a.test.ts") => noSleepInTests.check([lintFile(path, text)]);

it.each([
	"await new Promise((resolve) => setTimeout(resolve, 500));",
	"await setTimeout(1_000);",
	"await sleep(100);",
	"await page.waitForTimeout(50);",
])("finds %s", (text) => expect(check(text)).toHaveLength(1));

it.each([
	"await new Promise((resolve) => setTimeout(resolve, 20));",
	"await until(() => isDone());",
	"const signal = AbortSignal.timeout(5_000);",
])("lets %s pass", (text) => expect(check(text)).toEqual([]));

it("looks at tests only", () => {
	expect(check("setTimeout(sweep, 5_000);", "jobs/sweep.ts")).toEqual([]);
	expect(check("setTimeout(sweep, 5_000);", "e2e/sign-in.e2e.ts")).toHaveLength(1);
});
