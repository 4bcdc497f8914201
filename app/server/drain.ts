import type { Server } from "node:http";

/** Takes no new connection, lets what is under way finish, and after `withinMs` ends what is left. */
export function drain(server: Server, withinMs: number): Promise<void> {
	return new Promise((resolve) => {
		const late = setTimeout(() => server.closeAllConnections(), withinMs);
		// Browsers keep connections that ask for nothing.
		const idle = setInterval(() => server.closeIdleConnections(), 50);
		server.close(() => {
			clearTimeout(late);
			clearInterval(idle);
			resolve();
		});
		server.closeIdleConnections();
	});
}
