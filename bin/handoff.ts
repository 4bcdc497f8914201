import { parseArgs } from "node:util";
import { handOff } from "./handoff/hand-off.ts";
import { explain, PlainError } from "./supervisor/plain-error.ts";

const usage = "Usage: npm run handoff [-- NODE]";

/** `npm run handoff -- NODE`: the node that leads gives the books to that one, or to any that may lead, without losing anything. */
try {
	const { positionals } = parseArgs({ allowPositionals: true });
	if (positionals.length > 1) throw new PlainError(usage);
	console.log(await handOff(positionals[0] ?? null));
	process.exit(0);
} catch (error) {
	const isUsage = (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
	console.error(isUsage ? usage : (explain(error, "") ?? error));
	process.exit(1);
}
