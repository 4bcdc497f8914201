import { join } from "node:path";
import { FREEZE_ROWS, freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { openConnection } from "#db/client.ts";
import { readBooks } from "#db/tx.ts";
import { addCampaign } from "./bench-campaign.ts";
import { openHouse } from "./bench-house.ts";
import { othersCpu, sinceThen } from "./measure-process.ts";
import { print, round } from "./print.ts";

/** The audience of a campaign frozen into message rows, beside bare inserts of the very same rows into an empty file. */
export async function benchPrepare(recipients: number): Promise<void> {
	const house = await openHouse();
	try {
		const campaignId = await addCampaign(house, recipients);
		const cpu = process.cpuUsage();
		const others = othersCpu(house);
		const from = performance.now();
		await freezeAudience({ accountId: house.accountId, campaignId });
		const seconds = (performance.now() - from) / 1000;
		const used = process.cpuUsage(cpu);
		const othersCpuSecondsPerMillion = sinceThen(house, others, recipients);
		const bareSeconds = bareInserts(join(house.dataDir, "bare.db"), campaignId);
		print({
			bench: "prepare",
			recipients,
			rowsPerSecond: Math.round(recipients / seconds),
			bareRowsPerSecond: Math.round(recipients / bareSeconds),
			ratioToBareInserts: round(bareSeconds / seconds),
			cpuSecondsPerMillion: round((used.user + used.system) / recipients),
			othersCpuSecondsPerMillion,
			peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
		});
	} finally {
		await house.close();
	}
}

/** @returns seconds. */
function bareInserts(path: string, campaignId: number): number {
	const rows = readBooks((tx) =>
		tx
			.sql<[number, number, number, string]>(
				"SELECT id, campaign_id, contact_id, recipient FROM messages WHERE campaign_id = ?",
			)
			.raw()
			.all(campaignId),
	) as [number, number, number, string][];
	const tables = readBooks((tx) =>
		tx.sql<{ sql: string }>("SELECT sql FROM sqlite_schema WHERE tbl_name IN ('messages', 'message_states')").all(),
	);
	const bare = openConnection(path, "write");
	for (const { sql } of tables) bare.raw.exec(sql);
	const message = bare.raw.prepare("INSERT INTO messages (id, campaign_id, contact_id, recipient) VALUES (?, ?, ?, ?)");
	const state = bare.raw.prepare("INSERT INTO message_states (id, state, attempt) VALUES (?, 0, 1)");
	const from = performance.now();
	for (let start = 0; start < rows.length; start += FREEZE_ROWS) {
		bare.raw.exec("BEGIN IMMEDIATE");
		for (let i = start; i < Math.min(start + FREEZE_ROWS, rows.length); i++) {
			const row = rows[i]!;
			message.run(row[0], row[1], row[2], row[3]);
			state.run(row[0]);
		}
		bare.raw.exec("COMMIT");
	}
	const seconds = (performance.now() - from) / 1000;
	bare.raw.close();
	return seconds;
}
