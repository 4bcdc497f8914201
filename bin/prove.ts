import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { prove } from "#app/modules/proof/prove.server.ts";
import { booksPath } from "#db/client.ts";
import { explain, PlainError } from "./supervisor/plain-error.ts";

/** `npm run prove`: whether the ledger is right, from its postings; beside a running installation as well. DATA_DIR as for `npm start`. */
process.env.DATA_DIR ||= "data";
try {
	if (!existsSync(booksPath())) throw new PlainError(`There are no books in ${resolve(process.env.DATA_DIR)}`);
	const { transfers, books, differences, found } = await prove();
	for (const one of found)
		console.log(`${one.kind} ${one.id}: ${one.keptMicros} micro-units, must be ${one.countedMicros}`);
	if (differences > found.length) console.log(`… and ${differences - found.length} more`);
	if (differences === 0) console.log(`proved: ${transfers} transfers, ${books} books`);
	else console.log(`${differences} differences in ${transfers} transfers, ${books} books`);
	process.exitCode = differences === 0 ? 0 : 1;
} catch (error) {
	console.error(explain(error, resolve(process.env.DATA_DIR)) ?? error);
	process.exitCode = 1;
}
