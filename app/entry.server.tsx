import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { leaveMoment } from "#db/tx.ts";
import type { RootData } from "./components/frame/root-data.ts";
import { translations } from "./lib/i18n.server.ts";
import { log } from "./lib/log.ts";
import { PageProvider } from "./lib/page-context.ts";
import { withoutNulls } from "./lib/without-nulls.ts";
import { localeOf, schemeOf } from "./modules/access/page-settings.server.ts";

/** A page that has not been rendered by then is given up on. */
export const streamTimeout = 5_000;

/** How long the books may be away: a failover, or another's long write. */
const RETRY_AFTER_SECONDS = "5";

export default function handleRequest(
	request: Request,
	status: number,
	headers: Headers,
	remix: EntryContext,
	load: AppLoadContext,
): Promise<Response> {
	// All loaders have read; what follows takes far longer than they did.
	leaveMoment();
	// Without root data (its loader failed) the page is an error page, and still in somebody's language.
	const root = remix.staticHandlerContext.loaderData.root as RootData | undefined;
	const page = {
		i18n: translations,
		locale: root?.locale ?? localeOf(request),
		timeZone: root?.viewer?.timeZone ?? "UTC",
		scheme: root?.scheme ?? schemeOf(request),
		nonce: load.nonce,
		unavailable: load.unavailable,
	};
	if (load.unavailable) headers.set("Retry-After", RETRY_AFTER_SECONDS);
	const answered = load.unavailable ?? status;
	headers.set("Content-Type", "text/html; charset=utf-8");
	// Not "no-store": a page that is gone back to must still hold what was typed into it.
	headers.set("Cache-Control", headers.get("Cache-Control") ?? "private, no-cache");
	return new Promise((resolve, reject) => {
		let isShellOut = false;
		const { pipe, abort } = renderToPipeableStream(
			<PageProvider value={page}>
				<RemixServer context={remix} url={request.url} abortDelay={streamTimeout} nonce={load.nonce} />
			</PageProvider>,
			{
				nonce: load.nonce,
				onShellReady() {
					isShellOut = true;
					const body = withoutNulls();
					// A timer left running would keep every finished page in memory for its whole time.
					body.once("close", () => clearTimeout(timer));
					resolve(new Response(createReadableStreamFromReadable(body), { status: answered, headers }));
					pipe(body);
				},
				onShellError(error) {
					clearTimeout(timer);
					reject(error);
				},
				onError(error) {
					if (isShellOut)
						log.error({ err: error, path: new URL(request.url).pathname }, "a page broke while it was sent");
				},
			},
		);
		const timer = setTimeout(abort, streamTimeout);
	});
}

/**
 * Loaders' and actions' unforeseen errors, before Remix takes their names off. A visitor who went away is none; books that
 * cannot be written just now are nobody's mistake either: 503, come again.
 */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }): void {
	// Nor is a request that no route takes.
	if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
	const { pathname } = new URL(request.url);
	const unavailable = unavailableBy(error);
	if (unavailable) {
		// Nobody is told that nothing was saved where it is not known, though the page that says so has no books either.
		const isInDoubt = context.unavailable === 504 || pathname === "/error/504";
		context.unavailable = isInDoubt ? 504 : unavailable;
		log.warn({ error: (error as Error).message, path: pathname }, "the books were not to be had");
	} else log.error({ err: error, method: request.method, path: pathname }, "a page failed");
}

const UNAVAILABLE = new Set(["NotPrimaryError", "BooksBusyError", "BooksFullError", "BooksAwayError"]);

function unavailableBy(error: unknown): 503 | 504 | undefined {
	if (!(error instanceof Error)) return undefined;
	// By name: the build and the server that loads it have each their own copy of the classes.
	if (error.name === "OutcomeUnknownError") return 504;
	return UNAVAILABLE.has(error.name) ? 503 : undefined;
}
