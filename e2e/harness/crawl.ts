import type { BuiltRoute } from "./built-routes.ts";

/** Addresses of one route that are looked into: pages of one kind offer different things, by what they are about. */
const LOOKED_INTO = 10;

interface Way {
	to: string;
	/** Clicks on it, those that open what it is folded into included. */
	clicks: number;
}

/**
 * How many clicks each route is away from a page for a person without JavaScript: over links, buttons that only ask, and what has
 * to be unfolded first.
 *
 * @param most where it stops looking.
 * @returns clicks by the id of the route.
 */
export async function clicksFrom(
	at: { baseUrl: string; cookie: string; first: string; routes: readonly BuiltRoute[] },
	most: number,
): Promise<Map<string, number>> {
	const clicksTo = new Map<string, number>();
	const looked = new Map<string, number>();
	const seen = new Set<string>();
	let ways: Way[] = [{ to: at.first, clicks: 0 }];
	for (let clicks = 0; clicks <= most; clicks++) {
		const now = ways.filter((way) => way.clicks === clicks);
		for (const { to } of now) {
			const id = routeOf(at.routes, new URL(to, at.baseUrl).pathname)?.id;
			if (id === undefined || seen.has(to)) continue;
			seen.add(to);
			if (!clicksTo.has(id)) clicksTo.set(id, clicks);
			const times = looked.get(id) ?? 0;
			if (times >= LOOKED_INTO || clicks === most) continue;
			looked.set(id, times + 1);
			const response = await fetch(new URL(to, at.baseUrl), { headers: { Cookie: at.cookie } });
			// Where it leads on to is what the click shows.
			const { pathname } = new URL(response.url);
			const shown = routeOf(at.routes, pathname)?.id;
			if (shown !== undefined && !clicksTo.has(shown)) clicksTo.set(shown, clicks);
			for (const way of waysOut(await response.text(), response.url))
				ways.push({ to: way.to, clicks: clicks + way.clicks });
		}
		ways = ways.filter((way) => way.clicks > clicks);
	}
	return clicksTo;
}

/** The links and asking forms of a page, on this site. */
function waysOut(html: string, url: string): Way[] {
	const ways: Way[] = [];
	const folds: boolean[] = [];
	let form: URL | undefined;
	const add = (to: URL) => {
		to.hash = "";
		const folded = folds.filter((isClosed) => isClosed).length;
		if (to.origin === new URL(url).origin) ways.push({ to: to.pathname + to.search, clicks: folded + 1 });
	};
	for (const [, end, tag, attributes = ""] of html.matchAll(/<(\/?)(details|a|form|input)\b([^>]*)>/g)) {
		const get = (name: string) => plain(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1]);
		if (tag === "details") end ? folds.pop() : folds.push(!/\bopen\b/.test(attributes));
		else if (tag === "a" && !end && get("href")) add(new URL(get("href")!, url));
		else if (tag === "form" && end) {
			if (form) add(form);
			form = undefined;
		} else if (tag === "form") {
			form = (get("method") ?? "get") === "get" ? new URL(get("action") ?? "", url) : undefined;
			if (form) form.search = "";
		} else if (tag === "input" && form && get("name")) form.searchParams.set(get("name")!, get("value") ?? "");
	}
	return ways;
}

function plain(attribute: string | undefined): string | undefined {
	return attribute?.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&#x27;", "'");
}

/** The route that an address leads to: of those that fit, the one that names most of it. */
function routeOf(routes: readonly BuiltRoute[], pathname: string): BuiltRoute | undefined {
	const fits = routes.filter(({ path }) => {
		const pattern = path.split("/").map((part) => (part.startsWith(":") ? "[^/]+" : part.replace("*", ".*")));
		return new RegExp(`^${pattern.join("/")}/?$`).test(pathname);
	});
	const named = ({ path }: BuiltRoute) => path.split("/").filter((part) => part && !/^[:*]/.test(part)).length;
	return fits.sort((a, b) => named(b) - named(a))[0];
}
