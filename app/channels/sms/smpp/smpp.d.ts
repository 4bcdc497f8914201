/** What is used of the package, which has no types of its own. */
declare module "smpp" {
	import type { EventEmitter } from "node:events";
	import type { LookupFunction, Server as NetServer, Socket } from "node:net";

	export interface Pdu {
		command: string;
		command_status: number;
		sequence_number: number;
		/** By the names of the specification; absent where the status is an error. */
		[field: string]: unknown;
		response(fields?: Record<string, unknown>): Pdu;
	}

	export class Session extends EventEmitter {
		socket: Socket;
		/** False where nothing could be written: no answer will ever come. */
		send(pdu: Pdu, answered?: (answer: Pdu) => void): boolean;
		close(): void;
		destroy(): void;
	}

	/** Each command is a method of a session; false as in `send`. */
	export type Command =
		| "bind_transceiver"
		| "bind_transmitter"
		| "submit_sm"
		| "deliver_sm"
		| "enquire_link"
		| "unbind";

	export const PDU: { new (command: Command, fields: Record<string, unknown>): Pdu };
	export const encodings: {
		ASCII: { match(text: string): boolean; encode(text: string): Buffer; decode(bytes: Buffer): string };
	};

	const smpp: {
		connect(options: {
			host: string;
			port: number;
			tls: boolean;
			servername?: string;
			lookup?: LookupFunction;
		}): Session;
		createServer(listener: (session: Session) => void): NetServer;
		PDU: typeof PDU;
		encodings: typeof encodings;
	};
	export default smpp;
}
