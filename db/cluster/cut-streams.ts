import { execFile } from "node:child_process";
import { env } from "#app/lib/env.ts";

const WITHIN_MS = 2_000;

/**
 * Ends this machine's connections to any LiteFS as if the other side had, so that LiteFS connects anew. Wants `ss` of iproute2, CAP_NET_ADMIN and a
 * kernel with INET_DIAG_DESTROY; where it has not got all three it does nothing.
 */
export function cutStreams(): Promise<void> {
	const { port } = new URL(env().LITEFS_URL);
	const args = ["--kill", "--tcp", "--no-header", "state", "connected", "dport", "=", `:${port || 80}`];
	return new Promise((resolve) => {
		execFile("ss", args, { timeout: WITHIN_MS }, () => resolve());
	});
}
