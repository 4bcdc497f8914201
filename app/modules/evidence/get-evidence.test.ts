import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { CAUSES } from "#app/channels/causes.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { ALL_RIGHTS, type Rights } from "#app/modules/access/rights.ts";
import { CampaignNotFoundError } from "#app/modules/campaigns/campaign.errors.ts";
import { applyReceipts } from "#app/modules/delivery/apply-receipts.server.ts";
import { installationId } from "#app/modules/delivery/installation-id.server.ts";
import { closeLines } from "#app/modules/delivery/provider-line.server.ts";
import { claimMessages } from "#app/modules/messages/claim-messages.server.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { settleBatch } from "#app/modules/messages/settle-batch.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { recordEvidence } from "#jobs/wire/record-evidence.ts";
import { recordIntent } from "#jobs/wire/record-intent.ts";
import { recordOutcomes } from "#jobs/wire/record-outcomes.ts";
import { storeReceipt } from "#jobs/wire/store-receipt.ts";
import { MessageNotFoundError } from "./evidence.errors.ts";
import { getEvidence } from "./get-evidence.server.ts";

await testWire();
testBooks();
afterAll(closeLines);

function actor(kind: "admin" | "client", accountId: number, rights: Rights = ALL_RIGHTS): Actor {
	const path = kind === "admin" ? "/1/" : `/1/${accountId}/`;
	return {
		...{ userId: 1, behindUserId: null, role: "owner", rights, branches: [path] },
		account: { id: accountId, kind, path, name: "A", timeZone: "UTC", country: "UA", locale: "en" },
	};
}
const blind = (kind: "admin" | "client", accountId: number) =>
	actor(kind, accountId, new Set([...ALL_RIGHTS].filter((right) => right !== "numbers.read")));

// The books are new for each test, and ids begin anew; the wire is one for the file.
beforeEach(async () => {
	await wirePool().query("TRUNCATE wire.intents, wire.outcomes, wire.receipts, wire.receipt_inbox, wire.evidence");
});

const PEOPLE = 10;
const AT = 6;

/** Ten people, the seventh refused for now, tried again through a second provider, and delivered to. */
async function story(): Promise<TestTenant & { messageId: number; providers: number[] }> {
	const of = await testCampaign(testPhones(PEOPLE));
	const providers = [await testProvider("http://127.0.0.1:1"), await testProvider("http://127.0.0.1:1")];
	await freezeAudience(of);
	for (const [i, providerId] of providers.entries()) {
		const batch = (await inTx((tx) => claimMessages(tx, { ...of, providerId, owner: "me", from: 0, size: 100 })))!;
		await recordIntent({ ...batch, content: { kind: "text", sender: "DemoShop", text: "Hello" } });
		const count = batch.recipients.length;
		const results = new Uint8Array(count).fill(RESULT.handedOver);
		const causes = new Uint8Array(count);
		if (i === 0) {
			results[AT] = RESULT.again;
			causes[AT] = CAUSES.flooding;
		}
		const outcome = { batchId: batch.batchId, firstMessageId: batch.firstMessageId, results, causes };
		await recordOutcomes({
			...outcome,
			providerMessageIds: Array.from({ length: count }, (_, n) => `theirs-${i}-${n}`),
		});
		await inTx((tx) =>
			settleBatch(tx, { ...batch, ...outcome, owner: null, askAtUtc: 0, asked: 0, claimedAtUtc: Date.now() }),
		);
	}
	const first = readBooks((tx) =>
		tx.sql<{ f: number }>("SELECT first_message_id AS f FROM campaigns WHERE id = ?").get(of.campaignId),
	)!.f;
	const messageId = first + AT;
	const status = { groupId: 3, groupName: "DELIVERED", id: 5, name: "DELIVERED_TO_HANDSET" };
	const report = {
		...{
			messageId: externalIdOf(installationId(), messageId, 2),
			to: "380671000006",
			doneAt: "2026-03-01T09:00:04.000+0000",
		},
		...{ status, apiKey: "not-for-you", note: "test-key" },
	};
	await storeReceipt({ providerId: providers[1]!, path: "", body: JSON.stringify({ results: [report] }) });
	await applyReceipts();
	await recordEvidence(providers[1]!, [
		{ messageId, attempt: 2, to: MESSAGE_STATE.read, cause: null, providerAtUtc: null },
	]);
	return { ...of, messageId, providers };
}

describe("the evidence of a message", () => {
	it("has every attempt with its answer, and every report with its three times; names only for the admin", async () => {
		const { accountId, campaignId, messageId } = await story();
		const seen = await getEvidence(actor("client", accountId), campaignId, messageId);
		expect(seen.standing).toBe("whole");
		expect(seen.message).toMatchObject({ recipient: "+380671000006", state: "delivered", attempt: 2 });
		expect(seen.attempts.map((one) => [one.attempt, one.provider, one.text, one.externalId])).toEqual([
			[1, { name: null, number: 1, channel: "viber" }, "Hello", externalIdOf(installationId(), messageId, 1)],
			[2, { name: null, number: 2, channel: "viber" }, "Hello", externalIdOf(installationId(), messageId, 2)],
		]);
		expect(seen.attempts.map((one) => one.answers.map((answer) => [answer.result, answer.cause]))).toEqual([
			[["again", "flooding"]],
			[["handedOver", null]],
		]);
		expect(seen.proofs).toMatchObject([
			{ attempt: 2, state: "delivered", wasAsked: false, saidAtUtc: Date.UTC(2026, 2, 1, 9, 0, 4) },
			{ attempt: 2, state: "read", wasAsked: true, saidAtUtc: null },
		]);
		const [report] = seen.proofs;
		expect(report!.appliedAtUtc).toBeGreaterThanOrEqual(report!.receivedAtUtc);
		// What tells who the provider is stays with the admin.
		expect(JSON.stringify(seen)).not.toMatch(/theirs|"Test"|DELIVERED_TO_HANDSET/);
		expect(report!.callback).toBeNull();
	});

	it("shows the admin names, the provider's ids and the raw text without secrets", async () => {
		const { campaignId, messageId } = await story();
		const { attempts, proofs } = await getEvidence(actor("admin", 1), campaignId, messageId);
		expect(attempts.map((one) => [one.provider.name, one.answers[0]!.providerMessageId])).toEqual([
			["Test", `theirs-0-${AT}`],
			["Test", "theirs-1-0"],
		]);
		const raw = proofs[0]!.callback!.raw!;
		expect(raw).toContain("DELIVERED_TO_HANDSET");
		expect(raw).toContain("380671000006");
		expect(raw).toContain('"apiKey":"•••"');
		expect(raw, "the provider's own key, wherever it stands").not.toContain("test-key");
	});

	it("masks the numbers everywhere for whoever may not see them", async () => {
		const { campaignId, messageId } = await story();
		const seen = await getEvidence(blind("admin", 1), campaignId, messageId);
		expect(seen.message.recipient).toContain("•");
		expect(JSON.stringify(seen)).not.toContain("380671000006");
	});

	it("is nobody else's, and no other campaign's", async () => {
		const one = await story();
		const other = await story();
		await expect(getEvidence(actor("client", other.accountId), one.campaignId, one.messageId)).rejects.toThrow(
			CampaignNotFoundError,
		);
		await expect(getEvidence(actor("client", other.accountId), other.campaignId, one.messageId)).rejects.toThrow(
			MessageNotFoundError,
		);
		const mine = await getEvidence(actor("client", other.accountId), other.campaignId, other.messageId);
		expect(mine.attempts).toHaveLength(2);
		expect(mine.proofs).toHaveLength(2);
	});

	it("says so when the wire keeps it no more", async () => {
		const { accountId, campaignId, messageId } = await story();
		await wirePool().query("TRUNCATE wire.intents, wire.outcomes, wire.receipts, wire.evidence");
		const seen = await getEvidence(actor("client", accountId), campaignId, messageId);
		expect(seen).toMatchObject({ standing: "too_old", attempts: [], proofs: [], message: { state: "delivered" } });
	});
});
