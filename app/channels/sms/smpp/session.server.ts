import type { Pdu } from "smpp";
import { type Session, type SessionHow, TransportError } from "../../channel.ts";
import { type Answer, type Link, type Opening, openLink } from "./link.server.ts";
import { readableOf } from "./receipts.server.ts";
import type { SmppSettings } from "./settings.ts";

const RECONNECT_MS = 1_000;
const RECONNECT_MAX_MS = 60_000;

/** A session with an SMSC over all its connections: what breaks is opened anew, as long as it is to be kept. */
export class SmppSession implements Session {
	private readonly settings: SmppSettings;
	private readonly how: SessionHow;
	private link: Link | undefined;
	private opening: Promise<Opening> | undefined;
	private again: NodeJS.Timeout | undefined;
	private pauseMs = RECONNECT_MS;
	private isKept = false;
	private isClosed = false;

	constructor(settings: SmppSettings, how: SessionHow) {
		this.settings = settings;
		this.how = how;
	}

	keep(): void {
		if (this.isKept || this.isClosed) return;
		this.isKept = true;
		void this.open();
	}

	/** One submit_sm; its answer, or why it cannot have been sent, or may have been. */
	async submit(fields: Record<string, unknown>): Promise<Answer | Exclude<Opening, { link: Link }>> {
		const opened = await this.open();
		return "link" in opened ? opened.link.ask("submit_sm", fields) : opened;
	}

	/** Binds apart from the session, as a transmitter: no receipt may come to whoever only tries. */
	async probe(): Promise<Opening> {
		const opened = await openLink(this.settings, { ...this.linkHow(), bind: "bind_transmitter", onEnd: () => {} });
		if ("link" in opened) await opened.link.close();
		return opened;
	}

	request(): never {
		throw new TransportError("an SMSC speaks no HTTP", { surelyNotSent: true, cause: "network" });
	}

	async close(): Promise<void> {
		this.isClosed = true;
		clearTimeout(this.again);
		await this.opening;
		await this.link?.close();
	}

	async destroy(): Promise<void> {
		this.isClosed = true;
		clearTimeout(this.again);
		this.link?.destroy();
		await this.opening;
		this.link?.destroy();
	}

	private open(): Promise<Opening> {
		if (this.link?.isOpen) return Promise.resolve({ link: this.link });
		if (this.isClosed) return Promise.resolve({ failed: "unreachable" });
		this.opening ??= openLink(this.settings, this.linkHow()).then((opened) => {
			this.opening = undefined;
			if ("link" in opened) {
				this.link = opened.link;
				this.pauseMs = RECONNECT_MS;
			} else this.openLater();
			return opened;
		});
		return this.opening;
	}

	private openLater(): void {
		if (!this.isKept || this.isClosed) return;
		clearTimeout(this.again);
		this.again = setTimeout(() => void this.open(), this.pauseMs).unref();
		this.pauseMs = Math.min(this.pauseMs * 2, RECONNECT_MAX_MS);
	}

	private linkHow() {
		return {
			bind: "bind_transceiver" as const,
			timeoutMs: this.how.timeoutMs,
			network: this.how.network,
			onDeliver: (pdu: Pdu) => this.how.onReceipt(JSON.stringify(readableOf(pdu))),
			onEnd: () => this.openLater(),
		};
	}
}
