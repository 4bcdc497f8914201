import smpp, { type Command, type Pdu, type Session } from "smpp";
import { isInsideHost, lookupPublic } from "../../public-network.ts";
import type { SmppSettings } from "./settings.ts";

const ENQUIRE_MS = 30_000;
const SMPP_3_4 = 0x34;
/** ESME_RX_T_APPN: the SMSC is to send it again later. */
const LATER = 0x64;

export interface LinkHow {
	bind: "bind_transceiver" | "bind_transmitter";
	/** For the connection and the bind together, and for each answer. */
	timeoutMs: number;
	network: "public" | "any";
	/** Resolves once what the SMSC has said is durable. */
	onDeliver(pdu: Pdu): Promise<void>;
	onEnd(): void;
}

/** "unsent": surely no byte has left. */
export type Answer = Pdu | "timeout" | "broken" | "unsent";
export type Opening = { link: Link } | { refused: number } | { failed: "unreachable" };

/** One bound connection to an SMSC, until it ends. */
export class Link {
	isOpen = true;
	private readonly session: Session;
	private readonly how: LinkHow;
	private readonly waiting = new Set<(answer: Answer) => void>();
	private enquiry: NodeJS.Timeout | undefined;

	constructor(session: Session, how: LinkHow) {
		this.session = session;
		this.how = how;
		// What cannot be read cannot be answered either: the stream has lost its step.
		session.on("error", () => this.destroy());
		session.on("close", () => this.end());
		session.on("enquire_link", (pdu: Pdu) => void session.send(pdu.response()));
		session.on("deliver_sm", (pdu: Pdu) => void this.take(pdu));
		session.on("unbind", (pdu: Pdu) => {
			session.send(pdu.response());
			session.close();
		});
	}

	/** Sends one command; its answer, or why there is none. */
	ask(command: Command, fields: Record<string, unknown>): Promise<Answer> {
		if (!this.isOpen) return Promise.resolve("unsent");
		return new Promise((resolve) => {
			const settle = (answer: Answer) => {
				clearTimeout(deadline);
				this.waiting.delete(settle);
				resolve(answer);
			};
			const deadline = setTimeout(settle, this.how.timeoutMs, "timeout" as const);
			this.waiting.add(settle);
			if (!this.session.send(new smpp.PDU(command, fields), settle)) settle("unsent");
		});
	}

	/** Asks now and then whether the other end still lives; a dead one would swallow what is sent. */
	watch(): void {
		this.enquiry = setInterval(async () => {
			if (typeof (await this.ask("enquire_link", {})) === "string") this.destroy();
		}, ENQUIRE_MS).unref();
	}

	/** Lets the answers under way come in, then parts in good order. */
	async close(): Promise<void> {
		clearInterval(this.enquiry);
		while (this.isOpen && this.waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, 20));
		await this.ask("unbind", {});
		this.destroy();
	}

	destroy(): void {
		this.session.destroy();
		this.end();
	}

	private end(): void {
		if (!this.isOpen) return;
		this.isOpen = false;
		clearInterval(this.enquiry);
		for (const settle of [...this.waiting]) settle("broken");
		this.how.onEnd();
	}

	private async take(pdu: Pdu): Promise<void> {
		try {
			await this.how.onDeliver(pdu);
			this.session.send(pdu.response());
		} catch {
			this.session.send(pdu.response({ command_status: LATER }));
		}
	}
}

/** Connects and binds. Never rejects. */
export function openLink(settings: SmppSettings, how: LinkHow): Promise<Opening> {
	const { host, systemId, password, systemType } = settings;
	if (how.network === "public" && isInsideHost(host)) return Promise.resolve({ failed: "unreachable" });
	return new Promise((resolve) => {
		const tls = settings.tls === "yes";
		const session = smpp.connect({
			host,
			port: Number(settings.port),
			tls,
			...(tls && { servername: host }),
			...(how.network === "public" && { lookup: lookupPublic }),
		});
		let isBound = false;
		const give = (opening: Opening) => {
			clearTimeout(deadline);
			resolve(opening);
			if (!("link" in opening)) link.destroy();
		};
		const link = new Link(session, {
			...how,
			onEnd: () => (isBound ? how.onEnd() : give({ failed: "unreachable" })),
		});
		const deadline = setTimeout(give, how.timeoutMs, { failed: "unreachable" } as const);
		session.on(tls ? "secureConnect" : "connect", async () => {
			const answer = await link.ask(how.bind, {
				system_id: systemId,
				password,
				system_type: systemType,
				interface_version: SMPP_3_4,
			});
			if (typeof answer === "string") give({ failed: "unreachable" });
			else if (answer.command_status !== 0) give({ refused: answer.command_status });
			else {
				isBound = true;
				link.watch();
				give({ link });
			}
		});
	});
}
