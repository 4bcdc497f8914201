import { createServer } from "node:net";
import { PlainError } from "./plain-error.ts";

/**
 * The port to listen on: `port` itself when it is free, any free one for 0.
 *
 * @throws PlainError when it is taken or not allowed, or the host is not this machine's.
 */
export async function findPort(host: string, port: number, variable: string): Promise<number> {
	try {
		return await tryPort(host, port);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "EADDRINUSE")
			throw new PlainError(
				`Port ${port} is taken by another program: stop it, or choose another port with ${variable}=…`,
			);
		if (code === "EACCES")
			throw new PlainError(`This user may not use port ${port}: choose another one with ${variable}=…`);
		if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
			throw new PlainError(`${host} is not an address of this machine: mend HOST`);
		throw error;
	}
}

function tryPort(host: string, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on("error", reject);
		server.listen(port, host, () => {
			const found = (server.address() as { port: number }).port;
			server.close(() => resolve(found));
		});
	});
}
