import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import smpp, { type Pdu, type Session } from "smpp";
import { Journal } from "../../fake/journal.ts";
import { Schedule } from "../../fake/schedule.ts";
import { type ControlInput, controlSchema, Script } from "../../fake/script.ts";

export const FAKE_KEY = { systemId: "tiercast", password: "secret-1", systemType: "" };
/** Numbers that end so are refused in the answer. */
export const REFUSED_END = "990006";

/** A stand-in for an SMSC: binds, takes submit_sm in parts or whole, and sends receipts over whichever session is bound. */
export class SmppFake {
	readonly journal = new Journal();
	port = 0;
	/** What it was sent, part by part. */
	readonly taken: Pdu[] = [];
	/** What it was answered to its receipts: command_status, in order. */
	readonly receiptAnswers: number[] = [];
	private readonly script = new Script();
	private readonly server: Server;
	private readonly sessions = new Set<Session>();
	private receivers: Session[] = [];
	private readonly schedule = new Schedule<() => void>((due) => {
		for (const run of due) run();
	});
	private deliveryMs: [number, number] = [300, 1500];
	private serial = 0x5a3f00;

	constructor() {
		this.server = smpp.createServer((session) => this.serve(session));
	}

	async listen(): Promise<this> {
		this.server.listen(0, "127.0.0.1");
		await once(this.server, "listening");
		this.port = (this.server.address() as AddressInfo).port;
		return this;
	}

	control(input: ControlInput): void {
		const control = controlSchema.parse(input);
		this.script.tell(control);
		this.deliveryMs = control.receipts?.deliveryMs ?? this.deliveryMs;
	}

	/** Breaks every connection, as a restart of the SMSC does. */
	breakOff(): void {
		for (const session of this.sessions) session.destroy();
	}

	get bound(): number {
		return this.receivers.length;
	}

	async close(): Promise<void> {
		this.schedule.close();
		const closed = new Promise((resolve) => this.server.close(resolve));
		this.breakOff();
		await closed;
	}

	private serve(session: Session): void {
		this.sessions.add(session);
		session.on("error", () => session.destroy());
		session.on("close", () => {
			this.sessions.delete(session);
			this.receivers = this.receivers.filter((one) => one !== session);
		});
		for (const command of ["bind_transceiver", "bind_transmitter"])
			session.on(command, (pdu: Pdu) => this.bind(session, pdu));
		session.on("enquire_link", (pdu: Pdu) => void session.send(pdu.response()));
		session.on("unbind", (pdu: Pdu) => {
			session.send(pdu.response());
			session.close();
		});
		session.on("submit_sm", (pdu: Pdu) => this.submit(session, pdu));
	}

	private bind(session: Session, pdu: Pdu): void {
		const isRight = pdu.system_id === FAKE_KEY.systemId && pdu.password === FAKE_KEY.password;
		const version = Number(pdu.interface_version);
		const status = version !== 0x34 ? 0x0d : isRight ? 0 : 0x0e;
		session.send(pdu.response(status ? { command_status: status } : { system_id: "SIM" }));
		if (status === 0 && pdu.command === "bind_transceiver") this.receivers.push(session);
	}

	private submit(session: Session, pdu: Pdu): void {
		const deed = this.script.cueFor("send")?.do;
		const refuse = (status: number) => void session.send(pdu.response({ command_status: status }));
		if (deed === "throttle") refuse(0x58);
		else if (deed === "bad-request") refuse(0x01);
		else if (deed === "unauthorized" || deed === "forbidden") refuse(0x100);
		else if (deed === "error") refuse(0x08);
		else if (deed === "rubbish") session.send(pdu.response({ message_id: "" }));
		else if (deed === "close") session.destroy();
		else if (deed !== "never-answer") this.take(session, pdu, deed, refuse);
	}

	private take(session: Session, pdu: Pdu, deed: string | undefined, refuse: (status: number) => void): void {
		const to = String(pdu.destination_addr);
		if (!/^\d{7,15}$/.test(to) || pdu.dest_addr_ton !== 1) refuse(0x0b);
		else if (to.endsWith(REFUSED_END)) refuse(0x0b);
		else if (!/^0000\d{8}000R$/.test(rawValidity(pdu))) refuse(0x62);
		else {
			this.taken.push(pdu);
			const id = (++this.serial).toString(16).toUpperCase();
			if (isLastPart(pdu)) this.journal.record([{ to, id }]);
			if (pdu.registered_delivery === 1) this.report(pdu, id);
			if (deed === "take-then-hang") return;
			if (deed === "take-then-close-half-way") session.destroy();
			else session.send(pdu.response({ message_id: deed?.startsWith("take-then-") ? "" : id }));
		}
	}

	/** Its receipts say in decimal digits what its answers said in hexadecimal ones. */
	private report(pdu: Pdu, id: string): void {
		let afterMs = this.script.between(this.deliveryMs);
		for (const [word, state] of [
			["ENROUTE", 1],
			["DELIVRD", 2],
		] as const) {
			this.schedule.after(afterMs, () => this.deliver(receiptOf(pdu, id, word, state)));
			afterMs += 20;
		}
	}

	/** Over whichever session is bound; again later where none is, or where it is asked to. */
	deliver(fields: Record<string, unknown>): void {
		const again = () => this.schedule.after(50, () => this.deliver(fields));
		const [session] = this.receivers;
		const isSent = session?.send(new smpp.PDU("deliver_sm", { ...fields }), ({ command_status: status }) => {
			this.receiptAnswers.push(status);
			if (status !== 0) again();
		});
		if (!isSent) again();
	}
}

export function startFake(): Promise<SmppFake> {
	return new SmppFake().listen();
}

export function receiptOf(pdu: Pdu, id: string, word: string, state: number): Record<string, unknown> {
	const decimal = Number.parseInt(id, 16).toString().padStart(10, "0");
	const text = `id:${decimal} sub:001 dlvrd:001 submit date:2603011100 done date:2603011101 stat:${word} err:000 text:id:1 stat:X`;
	return {
		source_addr: pdu.destination_addr,
		destination_addr: pdu.source_addr,
		esm_class: state === 1 ? 0x20 : 0x04,
		short_message: text,
		...(state !== 1 && { receipted_message_id: decimal, message_state: state }),
	};
}

/** The package has made a date of it: what matters is that it could. */
function rawValidity(pdu: Pdu): string {
	return pdu.validity_period instanceof Date ? "000000000000000R" : String(pdu.validity_period);
}

function isLastPart({ short_message: short }: Pdu): boolean {
	const udh = (short as { udh?: Buffer[] }).udh?.[0];
	return !udh || udh[3] === udh[4];
}
