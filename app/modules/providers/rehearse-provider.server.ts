import type { Receipt, SendResult, Transport } from "#app/channels/channel.ts";
import { ReceiptRubbishError } from "#app/channels/channel.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { ProviderNotFoundError } from "./provider.errors.ts";
import { providerSetup } from "./provider-setup.server.ts";
import type { RehearsalInput } from "./rehearsal.schema.ts";
import type { ProviderSetup } from "./set-up-provider.server.ts";
import { settingFields } from "./setting-fields.ts";

type Request = Parameters<Transport["request"]>[0];

export interface Rehearsal {
	/** What would be sent, each secret as asterisks; null where the adapter makes no request of it. */
	request: Request | null;
	/** What the pasted answer means; null where none was pasted and the adapter itself refused nothing. */
	result: SendResult | null;
	/** What the pasted report says; null where none was pasted. */
	receipts: Receipt[] | "rubbish" | null;
}

const MASK = "********";
const OUR_ID = "example-1-1";
const OUR_ADDRESS = "https://example.com/hooks/0/example";

/**
 * Shows the request that a provider would be sent, and what an answer and a report of its would be understood as. Nothing is sent:
 * the adapter runs with masked secrets and a transport that only looks on.
 *
 * @throws ProviderNotFoundError
 */
export async function rehearseProvider(actor: Actor, providerId: number, input: RehearsalInput): Promise<Rehearsal> {
	requireRight(actor, "providers.update");
	const isOwn = readBooks((tx) =>
		tx.sql("SELECT 1 FROM providers WHERE id = ? AND account_id = ?").get(providerId, actor.account.id),
	);
	const setup = isOwn ? providerSetup(providerId) : undefined;
	if (!setup) throw new ProviderNotFoundError(`no provider ${providerId}`);
	const { request, result } = await rehearseSend(setup, input);
	return {
		request,
		result: input.answer === "" && request ? null : result,
		receipts: input.report.trim() === "" ? null : readReport(setup, input.report.trim()),
	};
}

async function rehearseSend(setup: ProviderSetup, input: RehearsalInput) {
	if (setup.adapter.open) return { request: null, result: null };
	const seen: { request: Request | null } = { request: null };
	const transport: Transport = {
		async request(request) {
			seen.request ??= request;
			return { status: input.status, headers: {}, body: input.answer };
		},
	};
	const { to, sender, text } = input;
	const content = { kind: "text", sender, text, validitySeconds: 86_400 } as const;
	const recipients = [{ externalId: OUR_ID, to }];
	const outcome = await setup.adapter.send(
		{ channel: setup.row.channel, content, recipients, callbackUrl: OUR_ADDRESS },
		masked(setup),
		transport,
	);
	return { request: seen.request, result: ("all" in outcome ? outcome.all : outcome.each[0]) ?? null };
}

/** Put in before the adapter sees them, so that no encoding of a secret can slip through. */
function masked({ adapter, settings }: ProviderSetup): unknown {
	const copy = { ...(settings as Record<string, unknown>) };
	for (const { name, isSecret } of settingFields(adapter)) if (isSecret && copy[name]) copy[name] = MASK;
	return copy;
}

function readReport({ adapter, settings }: ProviderSetup, report: string): Receipt[] | "rubbish" {
	try {
		return adapter.readReceipts("", report, settings);
	} catch (error) {
		if (error instanceof ReceiptRubbishError) return "rubbish";
		throw error;
	}
}
