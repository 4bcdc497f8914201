import type { Readable } from "node:stream";

/** pino's numbers for its levels. */
const LEVELS: Record<number, string> = { 10: "trace", 20: "debug", 30: "info", 40: "warn", 50: "error", 60: "fatal" };
const NAME_WIDTH = 9;
/** A line without an end must not fill the memory. */
const LINE_MAX = 64 * 1024;

/** Prints a child's output line by line under its name; JSON of the log becomes readable when a person looks on. */
export function printOutput(name: string, stream: Readable, to: NodeJS.WriteStream, isForPeople: boolean): void {
	let rest = "";
	const print = (line: string) => {
		if (isForPeople) to.write(`${name.padEnd(NAME_WIDTH)} ${readable(line)}\n`);
		// Already labelled, one JSON object a line: what log collectors want.
		else to.write(line.startsWith("{") ? `${line}\n` : `${name.padEnd(NAME_WIDTH)} ${line}\n`);
	};
	stream.setEncoding("utf8");
	stream.on("data", (piece: string) => {
		const lines = (rest + piece).split("\n");
		rest = lines.pop()!;
		for (const line of lines) print(line);
		if (rest.length > LINE_MAX) {
			print(rest);
			rest = "";
		}
	});
	stream.on("end", () => {
		if (rest) print(rest);
	});
}

/** "10:41:07 warn  an idle connection ended  error=…" out of pino's line; anything else as it is. */
export function readable(line: string): string {
	if (!line.startsWith("{")) return line;
	let entry: Record<string, unknown>;
	try {
		entry = JSON.parse(line) as Record<string, unknown>;
	} catch {
		return line;
	}
	const { level, time, msg, process: _process, err, ...rest } = entry;
	if (typeof level !== "number" || typeof time !== "number") return line;
	const at = new Date(time).toTimeString().slice(0, 8);
	const fields = Object.entries(rest).map(
		([key, value]) => `${key}=${typeof value === "object" ? JSON.stringify(value) : value}`,
	);
	const stack = (err as { stack?: string } | undefined)?.stack;
	return `${[at, (LEVELS[level] ?? level).toString().padEnd(5), msg, ...fields].join(" ")}${stack ? `\n${stack}` : ""}`;
}
