import { request } from "undici";

/** How one address of Remix can be asked: as a page, and as its data. */
export type Shape = "page" | "data";

export interface Question {
	method: string;
	cookie: string;
	/** "/client/campaigns/7?index" */
	address: string;
	form?: Record<string, string>;
	isStream?: boolean;
}

export interface Answer {
	/** "200", "404" …; where it leads elsewhere "to /sign-in?to=…", however the shape says so. */
	outcome: string;
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** What a visitor sees of an answer besides its body; what is made anew each time (nonces, dates) is left out. */
const HEADERS = [
	"content-type",
	"cache-control",
	"location",
	"set-cookie",
	"allow",
	"retry-after",
	"x-remix-redirect",
	"vary",
];

/** Asks as any program can, without following where the answer leads. Not by fetch, which costs twice as much: these are tens of thousands. */
export async function ask(baseUrl: string, { method, cookie, address, form, isStream }: Question): Promise<Answer> {
	const response = await request(baseUrl + address, {
		method,
		// Nothing is asked for compressed: to do that to what is read once would cost more than to make it.
		headers: {
			...(cookie && { cookie }),
			...(form && { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" }),
		},
		body: form ? new URLSearchParams(form).toString() : undefined,
	});
	const { statusCode: status } = response;
	const isEndless = isStream && status >= 200 && status < 300;
	// Left before its end: its connection is closed.
	if (isEndless) response.body.on("error", () => {}).destroy();
	const body = isEndless ? "" : await response.body.text();
	const headers: Record<string, string> = {};
	for (const name of HEADERS) {
		const value = response.headers[name];
		if (value !== undefined) headers[name] = [value].flat().join(", ");
	}
	return { outcome: outcomeOf(status, headers, body), status, headers, body };
}

function outcomeOf(status: number, headers: Record<string, string>, body: string): string {
	const told = headers.location ?? headers["x-remix-redirect"];
	const inBody = status === 202 ? /"redirect","([^"]+)"/.exec(body)?.[1] : undefined;
	const to = told ?? inBody;
	return to === undefined ? String(status) : `to ${to}`;
}

/** The address in one of its shapes. `search` begins with "?" or is empty. */
export function shaped(shape: Shape, path: string, search: string): string {
	return shape === "page" ? path + search : `${path === "/" ? "/_root" : path}.data${search}`;
}
