import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { START_ANEW, START_LITEFS_ANEW } from "#app/lib/start-anew.ts";
import { keepRunning } from "./keep-running.ts";

it("a child that is to begin anew does so at once and has not died; one that wants LiteFS anew is not started again", async () => {
	const folder = mkdtempSync(join(tmpdir(), "keep-"));
	const [file, codes, lives] = ["child.mjs", "codes", "lives"].map((name) => join(folder, name)) as [
		string,
		string,
		string,
	];
	writeFileSync(codes, `${START_ANEW}\n${START_ANEW}\n${START_LITEFS_ANEW}\n0\n`);
	writeFileSync(
		file,
		`import { appendFileSync, existsSync, readFileSync } from "node:fs";
const lived = existsSync("${lives}") ? readFileSync("${lives}", "utf8").length : 0;
appendFileSync("${lives}", ".");
process.exit(Number(readFileSync("${codes}", "utf8").split("\\n")[lived]));
`,
	);
	const said: string[] = [];
	const child = await new Promise<ReturnType<typeof keepRunning>>((resolve) => {
		const kept = keepRunning(
			{ name: "test", file, env: {}, stopWithinMs: 1_000 },
			{ say: (line) => said.push(line), change() {}, leave: () => resolve(kept) },
		);
	});
	await child.stop();
	expect(readFileSync(lives, "utf8")).toBe("...");
	expect(child.deaths()).toBe(0);
	expect(said).toEqual([]);
});
