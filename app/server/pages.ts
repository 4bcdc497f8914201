import { constants } from "node:zlib";
import { createRequestHandler, type GetLoadContextFunction, type RequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type Express, type Response } from "express";
import { env } from "#app/lib/env.ts";
import { atOneMoment } from "#db/tx.ts";
import { buildsNear } from "./build-near.ts";
import { limitForm } from "./limit-form.ts";
import { passedAddress } from "./node-hop.ts";
import { oneWayForData } from "./one-way-for-data.ts";
import { sameSiteOnly } from "./same-site-only.ts";
import { securityHeaders } from "./security-headers.ts";
import { staticFiles } from "./static-files.ts";

/** Everything that people's browsers ask for: static files and Remix's pages, with the headers and limits of every answer. */
export function pages(build: ServerBuild, clientFolder: string): Express {
	const app = express();
	app.disable("x-powered-by");
	app.disable("etag");
	app.set("trust proxy", env().TRUSTED_PROXIES);
	app.use(securityHeaders);
	app.use(staticFiles(clientFolder));
	app.use(compression({ filter: isWorthCompressing, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } } }));
	app.use(oneWayForData);
	app.use(sameSiteOnly);
	app.use(limitForm);
	const nearest = buildsNear(build);
	const handlers = new Map<ServerBuild, RequestHandler>();
	app.all("*", (req, res, next) => {
		const near = nearest(req.path);
		let handle = handlers.get(near);
		if (!handle) {
			handle = createRequestHandler({ build: near, mode: env().NODE_ENV, getLoadContext });
			handlers.set(near, handle);
		}
		const serve = () => handle(req, res, next);
		// An action waits and writes; what its page shows is asked for anew.
		return req.method === "GET" || req.method === "HEAD" ? atOneMoment(serve) : serve();
	});
	return app;
}

const getLoadContext: GetLoadContextFunction = (req, res) => ({
	nonce: res.locals.nonce,
	address: passedAddress(req) ?? req.ip ?? "",
});

/** Live figures go out event by event: a compressor would hold them back. */
function isWorthCompressing(req: express.Request, res: Response): boolean {
	const type = String(res.getHeader("Content-Type") ?? "");
	return !type.startsWith("text/event-stream") && compression.filter(req, res);
}
