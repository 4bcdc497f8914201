import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";

const PORT = 5_432;
const SILENT_MS = 1_000;

export interface WireDoor {
	/** For JOBS_DATABASE_URL of who has a network of its own. */
	url: string;
	port: number;
	close(): Promise<void>;
}

/**
 * A port on `host` that leads to the socket of the bench's Postgres: to a node without books it is on another machine, and can be cut off. A
 * connection whose other end has become silent is given up after seconds, as `tcp_keepalives_idle` makes Postgres itself do.
 */
export async function openWireDoor(socketUrl: string, host: string): Promise<WireDoor> {
	const { username, pathname, searchParams } = new URL(socketUrl);
	const path = join(searchParams.get("host")!, `.s.PGSQL.${PORT}`);
	const open = new Set<Socket>();
	const server = createServer((outer) => {
		outer.setKeepAlive(true, SILENT_MS);
		const inner = connect(path);
		for (const [one, other] of [
			[outer, inner],
			[inner, outer],
		] as const) {
			open.add(one);
			one.pipe(other);
			one.on("error", () => {});
			one.on("close", () => {
				open.delete(one);
				other.destroy();
			});
		}
	});
	await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, host, resolve));
	const { port } = server.address() as { port: number };
	return {
		url: `postgresql://${username}@${host}:${port}${pathname}`,
		port,
		close() {
			for (const socket of open) socket.destroy();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
}
