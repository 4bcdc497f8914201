import { env } from "#app/lib/env.ts";
import { DEMO_ACCOUNTS, demoPassword } from "#db/seed/demo-accounts.ts";
import type { Options } from "./read-options.ts";

/** What stands on the terminal once everything is up. */
export function welcome(options: Options, address: string, hasAdmin: boolean): string {
	const lines = ["", `${env().BRAND_NAME} is ready at ${address}`];
	if (options.isDemo) {
		lines.push("", "Demo: sign in as");
		for (const { login, kind, under } of DEMO_ACCOUNTS)
			lines.push(
				`  ${login.padEnd(8)} ${demoPassword(login).padEnd(19)} ${kind}${under && under !== "admin" ? ` of ${under}` : ""}`,
			);
	} else if (!hasAdmin) lines.push("There is no admin yet: run `npm run create-admin -- --login NAME`");
	lines.push("", `Its data is in ${options.dataDir}. Ctrl-C stops it.`, "");
	return lines.join("\n");
}
