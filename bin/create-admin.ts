import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { closeWire } from "#jobs/wire/pool.ts";
import { askPassword } from "./create-admin/ask-password.ts";
import { createAdmin } from "./create-admin/create-admin.ts";
import { untilPrimary } from "./create-admin/until-primary.ts";
import { explain, PlainError } from "./supervisor/plain-error.ts";

const usage = "Usage: npm run create-admin -- --login NAME [--time-zone Europe/Berlin] [--country DE]";

try {
	const { login, "time-zone": timeZone = "UTC", country = "UA" } = readArgs();
	if (!login) throw new PlainError(usage);
	const stop = await untilPrimary();
	const typed = await askPassword();
	const made = await createAdmin({ login, password: typed, timeZone, country });
	console.log(`The admin ${made.login} can sign in now.`);
	if (!typed) console.log(`Password, shown this once: ${made.password}`);
	stop();
	await closeWire();
} catch (error) {
	console.error(explain(error, resolve(process.env.DATA_DIR || "data")) ?? error);
	process.exit(1);
}

function readArgs() {
	const options = { login: { type: "string" }, "time-zone": { type: "string" }, country: { type: "string" } } as const;
	try {
		return parseArgs({ options }).values;
	} catch (error) {
		throw new PlainError(`${(error as Error).message.split(". ")[0]}. ${usage}`);
	}
}
