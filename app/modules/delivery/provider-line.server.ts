import { isSession } from "#app/channels/open-transport.server.ts";
import { env } from "#app/lib/env.ts";
import { callbackToken } from "#app/lib/secrets.server.ts";
import { providerSetup } from "#app/modules/providers/provider-setup.server.ts";
import { type ProviderRow, type ProviderSetup, setUp } from "#app/modules/providers/set-up-provider.server.ts";
import { readBooks } from "#db/tx.ts";
import { closeLine, openLine, type ProviderLine } from "./line.server.ts";
import { forgetHealth } from "./standing.server.ts";

const lines = new Map<number, { setup: ProviderSetup; line: ProviderLine }>();

/** The line to a provider, by its id, whatever its state: questions about old messages are asked of disabled ones too. */
export function providerLine(providerId: number): ProviderLine {
	const setup = providerSetup(providerId);
	if (!setup) throw new Error(`there is no provider ${providerId}`);
	return lineOf(setup);
}

/** Where a provider reports to. */
export function callbackUrlOf(row: ProviderRow): string {
	return `${env().PUBLIC_URL}/hooks/${row.id}/${row.callback_version}-${callbackToken(row.id, row.callback_version)}`;
}

function lineOf(setup: ProviderSetup): ProviderLine {
	const { row } = setup;
	// Whatever of the row changes makes a new line; calls under way end on the old one.
	const known = lines.get(row.id);
	if (known?.setup === setup) return known.line;
	if (known) void closeLine(known.line);
	const line = openLine(setup, { callbackUrl: callbackUrlOf(row), places: row.connections });
	lines.set(row.id, { setup, line });
	return line;
}

/**
 * Keeps the sessions of providers that have them, so that receipts come while nothing is sent; ends those of providers that have been
 * switched off or changed. For the sidecar: two that hold one provider's session would take it from each other.
 */
export function keepSessions(): void {
	const rows = readBooks((tx) =>
		tx.sql<ProviderRow>("SELECT * FROM providers WHERE state IN ('active', 'draining') ORDER BY id").all(),
	);
	const kept = new Set(rows.map(({ id }) => id));
	for (const [id, { line }] of lines) {
		if (kept.has(id) || !isSession(line.transport)) continue;
		lines.delete(id);
		void closeLine(line);
	}
	for (const row of rows) {
		const { transport } = lineOf(setUp(row));
		if (isSession(transport)) transport.keep();
	}
}

/** Waits for the calls under way, closes the connections and forgets how the providers stand. */
export async function closeLines(): Promise<void> {
	const all = [...lines.values()];
	lines.clear();
	await Promise.all(all.map(({ line }) => closeLine(line)));
	forgetHealth();
}
