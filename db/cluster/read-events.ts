import { get } from "node:http";

/** A line of LiteFS's `/events`. */
export interface LitefsEvent {
	type: "init" | "primaryChange" | "tx";
	db?: string;
	data?: {
		isPrimary?: boolean;
		/** Of the node that leads; absent on that node itself. */
		hostname?: string;
		/** 16 hex digits each. */
		txID?: string;
		postApplyChecksum?: string;
	};
}

/** Hands on each event until the stream ends, which is always a failure. @throws Error why it ended */
export function readEvents(url: string, signal: AbortSignal, hear: (event: LitefsEvent) => void): Promise<never> {
	return new Promise((_, reject) => {
		const asked = get(`${url}/events`, { signal, agent: false }, (answer) => {
			if (answer.statusCode !== 200) {
				answer.resume();
				reject(new Error(`LiteFS answered ${answer.statusCode}`));
				return;
			}
			answer.on("error", reject);
			answer.on("close", () => reject(new Error("LiteFS ended its stream of events")));
			let rest = "";
			answer.setEncoding("utf8").on("data", (piece: string) => {
				const lines = (rest + piece).split("\n");
				rest = lines.pop()!;
				try {
					for (const line of lines) hear(JSON.parse(line) as LitefsEvent);
				} catch (error) {
					asked.destroy(error as Error);
				}
			});
		});
		asked.on("error", reject);
	});
}
