import { createHash } from "node:crypto";
import { isSession } from "#app/channels/open-transport.server.ts";
import { log } from "#app/lib/log.ts";
import { seal } from "#app/lib/secrets.server.ts";
import { type ProviderRow, setUp } from "#app/modules/providers/set-up-provider.server.ts";
import { readBooks } from "#db/tx.ts";
import { type LentLine, publishLines, readPlaces, setLendable } from "#jobs/wire/lent-lines.ts";
import { installationId } from "./installation-id.server.ts";
import type { ProviderLine } from "./line.server.ts";
import { noteLent, noteShares, placesOfOurs } from "./places.ts";
import { callbackUrlOf, providerLine } from "./provider-line.server.ts";

let published = new Map<number, LentLine>();
/** Whether places may be lent: so it is taken to be at the start, when an earlier life's may. */
let isLending = true;

/**
 * Shares the active providers' connections between this process and so many senders, each the same; call it about once a second. Nobody ever has
 * more than all of them together may: what goes to others is first let go of. Costs nothing while there is nobody.
 */
export async function lendLines(senders: number): Promise<void> {
	if (senders === 0 && !isLending) return;
	const lines = lendableLines();
	if (senders > 0) await publish(lines);
	const known = new Map((await readPlaces()).map((row) => [row.providerId, row]));
	const oursOf = ({ connections }: ProviderLine) =>
		senders === 0 ? connections : Math.max(1, Math.floor(connections / (senders + 1)));
	const wanted = lines.map(({ line }) => {
		const ours = oursOf(line);
		const before = known.get(line.providerId)?.lendable ?? 0;
		const lendable = line.connections - ours;
		if (lendable > before) line.turns.resize(Math.min(ours, placesOfOurs(line.providerId, line.connections)));
		return {
			providerId: line.providerId,
			lendable: lendable > before && line.turns.running > ours ? before : lendable,
		};
	});
	await setLendable([...wanted, ...othersOf(known, lines)]);
	let isAnyLent = false;
	const shares = new Map<number, { senders: number; places: number }>();
	for (const { providerId, lendable, taken } of await readPlaces()) {
		const places = Math.max(lendable, taken);
		noteLent(providerId, places);
		isAnyLent ||= places > 0;
		if (senders > 0 && lendable > 0)
			shares.set(providerId, { senders, places: Math.max(1, Math.floor(lendable / senders)) });
	}
	for (const { line } of lines)
		line.turns.resize(Math.min(oursOf(line), placesOfOurs(line.providerId, line.connections)));
	noteShares(shares);
	isLending = senders > 0 || isAnyLent;
}

/** Providers that were lent and are so no more. */
function othersOf(
	known: Map<number, unknown>,
	lines: { line: ProviderLine }[],
): { providerId: number; lendable: number }[] {
	const mine = new Set(lines.map(({ line }) => line.providerId));
	return [...known.keys()].filter((id) => !mine.has(id)).map((providerId) => ({ providerId, lendable: 0 }));
}

/** Those with a session of their own are left out: two that hold one would take it from each other. */
function lendableLines(): { row: ProviderRow; line: ProviderLine }[] {
	const rows = readBooks((tx) =>
		tx.sql<ProviderRow>("SELECT * FROM providers WHERE state = 'active' ORDER BY id").all(),
	);
	return rows.flatMap((row) => {
		try {
			setUp(row);
			const line = providerLine(row.id);
			return isSession(line.transport) ? [] : [{ row, line }];
		} catch (error) {
			log.warn({ err: error, providerId: row.id }, "a provider could not be set up");
			return [];
		}
	});
}

async function publish(lines: { row: ProviderRow }[]): Promise<void> {
	const now = lines.map(({ row }) =>
		published.get(row.id)?.revision === revisionOf(row) ? published.get(row.id)! : lentLineOf(row),
	);
	if (now.length === published.size && now.every((line) => published.get(line.providerId) === line)) return;
	await publishLines(now);
	published = new Map(now.map((line) => [line.providerId, line]));
}

function revisionOf(row: ProviderRow): string {
	return createHash("sha256")
		.update(JSON.stringify([row, callbackUrlOf(row)]))
		.digest("base64url");
}

function lentLineOf(row: ProviderRow): LentLine {
	const line = { row, callbackUrl: callbackUrlOf(row), installation: installationId() };
	return {
		providerId: row.id,
		channel: row.channel,
		revision: revisionOf(row),
		sealed: seal(JSON.stringify(line), `lent-line:${row.id}`),
	};
}
