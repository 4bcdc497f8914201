import { deriveSeed } from "./secrets.server.ts";

/** Headers between nodes; from anybody else they mean nothing. */
export const NODE_HEADERS = { token: "x-node-token", address: "x-node-address" } as const;

let token: string | undefined;

/** What the nodes of one installation know each other by: of its key, the same on each, and nobody else's. */
export function nodeToken(): string {
	token ??= deriveSeed("node", "hop").toString("base64url");
	return token;
}
