import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { env } from "./lib/env.ts";
import { log } from "./lib/log.ts";
import { pages } from "./server/pages.ts";

const built = new URL("../build/", import.meta.url);
const build = (await import(new URL("server/index.js", built).href)) as ServerBuild;
const app = pages(build, fileURLToPath(new URL("client", built)));

const server = createServer((req, res) => app(req, res));
server.listen(env().PORT, env().HOST, () => {
	log.info({ host: env().HOST, port: (server.address() as { port: number }).port }, "the web is open");
	process.send?.({ type: "ready" });
});
