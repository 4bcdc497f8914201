import { fileURLToPath } from "node:url";
import { asksFirst } from "./lint-rules/asks-first.ts";
import { fileLength } from "./lint-rules/file-length.ts";
import { importDirection } from "./lint-rules/import-direction.ts";
import { localeKeys } from "./lint-rules/locale-keys.ts";
import { logicalCss } from "./lint-rules/logical-css.ts";
import { noAwaitInTx } from "./lint-rules/no-await-in-tx.ts";
import { noBareForm } from "./lint-rules/no-bare-form.ts";
import { noIdOnlyQuery } from "./lint-rules/no-id-only-query.ts";
import { noLiteralText } from "./lint-rules/no-literal-text.ts";
import { noMachinePath } from "./lint-rules/no-machine-path.ts";
import { noSleepInTests } from "./lint-rules/no-sleep-in-tests.ts";
import type { Rule } from "./lint-rules/rule.ts";
import { senderWithoutBooks } from "./lint-rules/sender-without-books.ts";
import { translationKeys } from "./lint-rules/translation-keys.ts";
import { readTree } from "./lint-rules/tree.ts";

const RULES: Rule[] = [
	importDirection,
	noAwaitInTx,
	asksFirst,
	noIdOnlyQuery,
	fileLength,
	noLiteralText,
	noBareForm,
	localeKeys,
	translationKeys,
	noSleepInTests,
	logicalCss,
	noMachinePath,
	senderWithoutBooks,
];

/** Checks the whole tree by the rules of our own and says each finding in one line; exit code 1 where there is one. */
const files = readTree(fileURLToPath(new URL("..", import.meta.url)));
let count = 0;
for (const rule of RULES)
	for (const { path, line, message } of rule.check(files)) {
		console.error(`${path}:${line} ${rule.name}: ${message}`);
		count++;
	}
console.log(count === 0 ? `${RULES.length} rules, ${files.length} files: nothing found` : `${count} found`);
process.exitCode = count === 0 ? 0 : 1;
