import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { setCommitTeller } from "#db/cluster/commit-teller.ts";
import { watchRole } from "#db/cluster/watch-role.ts";
import { watchEpoch } from "#jobs/wire/epochs/watch-epoch.ts";
import { env } from "./lib/env.ts";
import { log } from "./lib/log.ts";
import { onStop } from "./lib/stop-with-parent.ts";
import { beginStopping } from "./lib/stopping.ts";
import { noteWrite } from "./modules/lost-writes/note-write.server.ts";
import { canReadBooks } from "./modules/platform/can-read-books.server.ts";
import { closeStores } from "./modules/platform/close-stores.server.ts";
import { readiness } from "./modules/platform/readiness.server.ts";
import { answerNode } from "./server/answer-node.ts";
import { byRole } from "./server/by-role.ts";
import { drain } from "./server/drain.ts";
import { guarded } from "./server/guarded.ts";
import { pages } from "./server/pages.ts";
import { takeCallback } from "./server/take-callback.ts";

const DRAIN_MS = 10_000;

// React decides by it which of its two builds it loads; the one for developers takes three times as long for a page.
process.env.NODE_ENV ||= "production";
const built = new URL("../build/", import.meta.url);
const build = (await import(new URL("server/index.js", built).href)) as ServerBuild;
const serve = byRole(pages(build, fileURLToPath(new URL("client", built))));
if (env().LITEFS_DIR) setCommitTeller((commit) => noteWrite(commit));
const watches = [watchRole(), watchEpoch()];

async function answerReadiness(res: ServerResponse): Promise<void> {
	const { isReady, ...rest } = await readiness();
	const headers = { "Content-Type": "application/json", "Cache-Control": "no-store" };
	res.writeHead(isReady ? 200 : 503, headers).end(`${JSON.stringify({ isReady, ...rest })}\n`);
}

// Callbacks and probes are answered ahead of express, which costs four times as much as they do.
function answer(req: IncomingMessage, res: ServerResponse): void | Promise<void> {
	const url = req.url ?? "";
	if (url.startsWith("/hooks/")) takeCallback(req, res);
	else if (url === "/healthz") res.writeHead(200, { "Content-Type": "text/plain" }).end("alive\n");
	else if (url === "/readyz") return answerReadiness(res);
	else if (url.startsWith("/internal/")) return answerNode(req, res);
	else return serve(req, res);
}

const server = createServer(guarded(answer));
// Longer than a proxy in front keeps its own connections, or it would send into one that we just closed.
server.keepAliveTimeout = 75_000;

onStop(async () => {
	beginStopping();
	await drain(server, DRAIN_MS);
	for (const watch of watches) watch.stop();
	await closeStores();
}, DRAIN_MS + 3_000);

server.on("error", (error) => {
	log.fatal({ error: error.message }, "the web could not open its port");
	process.exit(1);
});
// Whoever opens LiteFS's books first may be ended by it (docs/decisions/094): better while nobody has asked for anything.
canReadBooks();
server.listen(env().PORT, env().HOST, () => {
	const { address, port } = server.address() as AddressInfo;
	log.info({ address, port }, "the web is open");
});
