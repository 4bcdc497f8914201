import { fork } from "node:child_process";
import { createInterface } from "node:readline";
import { whyNoCluster } from "../../e2e/cluster/build-tools.ts";
import { print, round } from "./print.ts";

type Line = Record<string, unknown>;
const PLACES = ["file", "litefs"] as const;
type Place = (typeof PLACES)[number];

/** Each figure that is compared: the bench's, the name it is printed under, and how much of it the mount is to keep at least. */
const COMPARED: { bench: string; figure: string; wanted?: number }[] = [
	{ bench: "writes", figure: "transactionsPerSecond" },
	{ bench: "prepare", figure: "rowsPerSecond", wanted: 0.35 },
	{ bench: "send-single", figure: "messagesPerSecond", wanted: 0.65 },
	{ bench: "send-bulk", figure: "messagesPerSecond", wanted: 0.45 },
	{ bench: "receipts-applied", figure: "appliedPerSecond" },
];
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 2);

/**
 * The same benches with the books on a plain file and on the mount of a real LiteFS, in turns, each in a process of its own: all figures, and
 * how much of them the mount keeps. BENCH_ONLY names some of them.
 */
export async function benchLitefs(): Promise<void> {
	const reason = whyNoCluster("short");
	if (reason) {
		print({ bench: "litefs", missing: reason });
		process.exitCode = 1;
		return;
	}
	const only = process.env.BENCH_ONLY?.split(",");
	for (const compared of COMPARED.filter(({ bench }) => only?.includes(bench) ?? true)) {
		const seen: Record<Place, Line[]> = { file: [], litefs: [] };
		for (let round = 0; round < ROUNDS; round++)
			// Whoever comes second finds a warmer machine: each is first in its turn.
			for (const place of round % 2 ? [...PLACES].reverse() : PLACES)
				seen[place].push(...(await run(compared.bench, place)));
		compare(compared, seen);
	}
}

function run(bench: string, place: Place): Promise<Line[]> {
	return new Promise((resolve, reject) => {
		const child = fork(new URL("../bench.ts", import.meta.url).pathname, [bench], {
			env: { ...process.env, BENCH_BOOKS: place },
			stdio: ["ignore", "pipe", "inherit", "ipc"],
		});
		const lines: Line[] = [];
		createInterface({ input: child.stdout! }).on("line", (text) => {
			// What is logged is no figure.
			if (!text.startsWith('{"bench":')) return console.error(text);
			const line = { books: place, ...(JSON.parse(text) as Line) };
			print(line);
			lines.push(line);
		});
		child.once("error", reject);
		child.once("close", (code) =>
			code === 0 ? resolve(lines) : reject(new Error(`${bench} on ${place}: ended with ${code}`)),
		);
	});
}

/** A bench may print several figures of one name, which differ by how many results a callback has. */
function compare({ bench, figure, wanted }: (typeof COMPARED)[number], seen: Record<Place, Line[]>): void {
	for (const kind of new Set(seen.file.map((line) => line.resultsInACallback))) {
		const [file, litefs] = PLACES.map((place) =>
			seen[place].filter((line) => line.resultsInACallback === kind).map((line) => line[figure] as number),
		) as [number[], number[]];
		print({
			bench: "litefs",
			of: bench,
			...(kind !== undefined && { resultsInACallback: kind }),
			figure,
			file,
			litefs,
			ratio: round(mean(litefs) / mean(file)),
			...(wanted && { wanted }),
		});
	}
}

const mean = (figures: number[]) => figures.reduce((sum, one) => sum + one, 0) / figures.length;
