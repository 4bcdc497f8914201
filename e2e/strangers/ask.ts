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

/** Asks as any program can, without following where the answer leads. */
export async function ask(baseUrl: string, { method, cookie, address, form, isStream }: Question): Promise<Answer> {
	const leaving = new AbortController();
	const response = await fetch(baseUrl + address, {
		method,
		redirect: "manual",
		// Thousands of answers are read once: to compress them would cost more than to make them.
		headers: { "Accept-Encoding": "identity", ...(cookie && { Cookie: cookie }) },
		body: form ? new URLSearchParams(form) : undefined,
		signal: leaving.signal,
	});
	const isEndless = isStream && response.ok;
	const body = isEndless ? "" : await response.text();
	if (isEndless) leaving.abort();
	const headers: Record<string, string> = {};
	for (const name of HEADERS) if (response.headers.has(name)) headers[name] = response.headers.get(name)!;
	return { outcome: outcomeOf(response, body), status: response.status, headers, body };
}

function outcomeOf(response: Response, body: string): string {
	const told = response.headers.get("location") ?? response.headers.get("x-remix-redirect");
	const inBody = response.status === 202 ? /"redirect","([^"]+)"/.exec(body)?.[1] : undefined;
	const to = told ?? inBody;
	return to === undefined ? String(response.status) : `to ${to}`;
}

/** The address in one of its shapes. `search` begins with "?" or is empty. */
export function shaped(shape: Shape, path: string, search: string): string {
	return shape === "page" ? path + search : `${path === "/" ? "/_root" : path}.data${search}`;
}
