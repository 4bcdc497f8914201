import { basename, dirname, join } from "node:path";
import { z } from "zod";

/** The one form of manifest that there is. */
const FORMAT = 1;

const place = z.object({ txid: z.number().int(), checksum: z.string() });

/** What stands beside a copy of the books: what it is a copy of, and by what it is known to be whole. */
export const manifestSchema = z.object({
	format: z.literal(FORMAT),
	/** Unix ms: the moment that the copy shows. */
	atUtc: z.number().int(),
	node: z.string(),
	/** LiteFS's, of the copied moment; null without LiteFS, or where something was written in that instant. */
	position: place.nullable(),
	installationId: z.string(),
	currency: z.string(),
	/** Up to when (Unix ms, by Postgres) the books hold all that the wire has; 0: never marked. */
	wireMark: z.number().int(),
	/** Which Postgres that was; "" where the books do not know. */
	wireLine: z.string(),
	/** How many migrations the books have had. */
	migrations: z.number().int(),
	/** Tells whether a SECRET_KEY is the one that the books' secrets are sealed with, and nothing else of it. */
	keyMark: z.string(),
	/** Of the SQLite file itself. */
	books: z.object({ bytes: z.number().int(), sha256: z.string() }),
	/** As it is stored, beside the manifest. */
	file: z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string(), packing: z.enum(["zstd", "none"]) }),
	/** By table. */
	rows: z.record(z.string(), z.number().int()),
	/** Of all balances by kind, in micro-units, as text: sums may be larger than a number keeps. */
	balances: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof manifestSchema>;
/** What can be told from a copy alone. */
export type CopyFacts = Pick<
	Manifest,
	"installationId" | "currency" | "wireMark" | "wireLine" | "migrations" | "rows" | "balances"
>;

export const MANIFEST_FORMAT = FORMAT;

const NAME = /^books-\d{8}T\d{6}Z$/;

/** "books-20261122T033700Z" */
export function backupName(atUtc: number): string {
	return `books-${new Date(atUtc).toISOString().replace(/[-:]/g, "").replace(/\.\d+/, "")}`;
}

/** The backup's name where a file is a part of one: its manifest, its books, or one that was not finished. */
export function backupNameOf(file: string): string | null {
	const name = file.replace(/(\.json|\.db|\.db\.zst)(\.part)?$/, "");
	return name !== file && NAME.test(name) ? name : null;
}

/** The manifest that belongs to either of a backup's two files. */
export function manifestPath(file: string): string {
	return join(dirname(file), `${basename(file).replace(/(\.json|\.db|\.db\.zst)$/, "")}.json`);
}
