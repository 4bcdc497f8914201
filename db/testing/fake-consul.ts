import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeConsul {
	url: string;
	/** Who has the lease from now on; null: nobody. */
	give(holder: string | null): void;
	/** While true questions are taken and not answered, as where packets vanish. */
	setSilent(isSilent: boolean): void;
	/** How many questions have come in. */
	asked(): number;
	close(): Promise<void>;
}

/** As much of Consul as tells who has LiteFS's lease, scripted by a test. It wants the token "secret", and knows one key: `prefix/tiercast`. */
export async function fakeConsul(): Promise<FakeConsul> {
	let holder: string | null = null;
	let isSilent = false;
	let asked = 0;
	const silent = new Set<ServerResponse>();
	const server = createServer((req, res) => {
		asked++;
		if (isSilent) {
			silent.add(res);
			return;
		}
		if (req.url !== "/v1/kv/prefix/tiercast?consistent") res.writeHead(500).end();
		else if (req.headers["x-consul-token"] !== "secret") res.writeHead(403).end();
		else if (holder === null) res.writeHead(404).end();
		else {
			const Value = Buffer.from(JSON.stringify({ hostname: holder, "advertise-url": "http://x" })).toString("base64");
			res.end(JSON.stringify([{ Key: "prefix/tiercast", Value, Session: "1" }]));
		}
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://:secret@127.0.0.1:${port}/prefix`,
		give(name) {
			holder = name;
		},
		setSilent(is) {
			isSilent = is;
			// Their questions are lost for good.
			if (!is) silent.clear();
		},
		asked: () => asked,
		close() {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
}
