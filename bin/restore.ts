import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { WIRE_WORDS, type WireWord } from "#app/modules/backup/hold.ts";
import { release } from "./restore/release.ts";
import { restore } from "./restore/restore.ts";
import { explain, PlainError } from "./supervisor/plain-error.ts";

const usage = `Usage: npm run restore -- FILE --to FOLDER
       npm run restore -- --release [--to FOLDER] [--wire whole|lost] [--yes]`;

let where = "";
try {
	const { values, positionals } = readArgs();
	const [file, ...more] = positionals;
	where = resolve(values.to ?? (values.release ? process.env.DATA_DIR || "data" : ""));
	if (values.release && !file) await release(where, { wire: readWord(values.wire), isSure: values.yes ?? false });
	else if (file && values.to && more.length === 0 && !values.release) await restore(resolve(file), where);
	else throw new PlainError(usage);
} catch (error) {
	console.error(explain(error, where) ?? error);
	process.exitCode = 1;
}

function readArgs() {
	const options = {
		to: { type: "string" },
		release: { type: "boolean" },
		wire: { type: "string" },
		yes: { type: "boolean" },
	} as const;
	try {
		return parseArgs({ options, allowPositionals: true });
	} catch (error) {
		throw new PlainError(`${(error as Error).message.split(". ")[0]}. ${usage}`);
	}
}

function readWord(word: string | undefined): WireWord | undefined {
	if (word === undefined || WIRE_WORDS.includes(word as WireWord)) return word as WireWord | undefined;
	throw new PlainError(usage);
}
