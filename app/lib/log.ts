import pino from "pino";
import { env } from "./env.ts";

/** Secrets never reach a log line: whatever carries one is redacted by name here, wherever it stands. */
export const log = pino({
	level: env().LOG_LEVEL,
	base: { process: process.env.PROCESS_NAME ?? "main" },
	redact: {
		paths: [
			"password",
			"*.password",
			"apiKey",
			"*.apiKey",
			"token",
			"*.token",
			"authorization",
			"*.authorization",
			"*.headers.authorization",
			"*.headers.cookie",
		],
		censor: "[redacted]",
	},
});
