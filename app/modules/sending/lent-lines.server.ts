import { log } from "#app/lib/log.ts";
import { unseal } from "#app/lib/secrets.server.ts";
import { closeLine, openLine, type ProviderLine } from "#app/modules/delivery/line.server.ts";
import type { Peer } from "#app/modules/delivery/standing.server.ts";
import { type ProviderRow, setUp } from "#app/modules/providers/set-up-provider.server.ts";
import { type LineOfMine, readLines, takePlaces } from "#jobs/wire/lent-lines.ts";

/** A provider that this sender may call. */
export interface OpenedLine {
	line: ProviderLine;
	/** The installation's id, of which messages' ids are made. */
	installation: string;
	/** Calls that it may make at once. */
	places: number;
	revision: string;
}

/** What a sender knows of the providers: what the process with the books has published for it, and the places that it has taken. */
export class LentLines {
	private readonly senderId: number;
	private readonly mayBegin: () => boolean;
	private readonly lines = new Map<number, OpenedLine>();
	/** Revisions that this sender's key does not open. */
	private readonly sealed = new Map<number, string>();

	constructor(senderId: number, mayBegin: () => boolean) {
		this.senderId = senderId;
		this.mayBegin = mayBegin;
	}

	of(providerId: number): OpenedLine | undefined {
		return this.lines.get(providerId);
	}

	/** Those whose health is judged together. */
	readonly peers = (): Peer[] =>
		[...this.lines.values()].map(({ line }) => ({ id: line.providerId, channel: line.channel }));

	/** Looks what there is, and takes its fair part of each provider's places: no more calls at once than that. */
	async refresh(): Promise<void> {
		const known = await readLines(this.senderId);
		const ids = new Set(known.map(({ providerId }) => providerId));
		for (const [providerId, { line }] of this.lines) {
			if (ids.has(providerId)) continue;
			this.lines.delete(providerId);
			end(line);
		}
		for (const one of known) {
			const opened = this.open(one);
			if (opened) await this.share(one, opened);
		}
	}

	/** Waits for the calls under way. */
	async close(): Promise<void> {
		const all = [...this.lines.values()];
		this.lines.clear();
		await Promise.all(all.map(({ line }) => closeLine(line)));
	}

	private open({ providerId, revision, sealed }: LineOfMine): OpenedLine | undefined {
		const before = this.lines.get(providerId);
		if (before?.revision === revision) return before;
		if (this.sealed.get(providerId) === revision) return undefined;
		try {
			const { row, callbackUrl, installation } = JSON.parse(unseal(sealed, `lent-line:${providerId}`)) as Published;
			const places = before?.places ?? 0;
			const line = openLine(setUp(row), { callbackUrl, places, mayBegin: this.mayBegin });
			const opened = { line, installation, places, revision };
			this.lines.set(providerId, opened);
			if (before) end(before.line);
			return opened;
		} catch (error) {
			this.sealed.set(providerId, revision);
			log.error(
				{ error: String(error), providerId },
				"a provider cannot be called from here; is SECRET_KEY the installation's?",
			);
			return undefined;
		}
	}

	private async share(one: LineOfMine, opened: OpenedLine): Promise<void> {
		const { turns } = opened.line;
		const fair = one.lendable === 0 ? 0 : Math.max(1, Math.floor(one.lendable / Math.max(1, one.sharers)));
		if (fair < one.mine) {
			// Let go of them first, then say so.
			turns.resize(fair);
			opened.places = fair;
			if (turns.running <= fair) await takePlaces(this.senderId, one.providerId, fair);
		} else if (fair > one.mine) {
			opened.places = await takePlaces(this.senderId, one.providerId, fair);
			turns.resize(opened.places);
		} else if (opened.places !== one.mine) {
			opened.places = one.mine;
			turns.resize(one.mine);
		}
	}
}

interface Published {
	row: ProviderRow;
	callbackUrl: string;
	installation: string;
}

function end(line: ProviderLine): void {
	closeLine(line).catch((error) =>
		log.warn({ error: String(error), providerId: line.providerId }, "a line was not closed well"),
	);
}
