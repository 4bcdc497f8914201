/** What came back, with nothing followed. */
export interface Answer {
	status: number;
	/** Where it sends the visitor: path and query. */
	to: string | null;
	text: string;
	/** Under which the books were written, by the position cookie; null: nothing was written. */
	epoch: number | null;
}

/** What a page's form would send. */
export interface PageForm {
	/** Path and query that it is posted to. */
	action: string;
	fields: Record<string, string>;
}

/**
 * Somebody with a browser without JavaScript and one set of cookies, whichever node a request goes to: as behind a balancer that sends each to
 * any of them.
 */
export class Visitor {
	private readonly cookies = new Map<string, string>();

	/** @param node address of its web, such as "http://10.77.7.1:3000". @throws Error where it is not let in */
	async signIn(node: string, login: string, password: string): Promise<void> {
		const { status, to } = await this.post(node, "/sign-in", { login, password });
		if (status !== 302 || !to || to.startsWith("/sign-in")) throw new Error(`${login} is not let in: ${status} ${to}`);
	}

	/** @throws TypeError where no answer came; whatever was asked for may be done */
	get(node: string, path: string): Promise<Answer> {
		return this.ask(node, path, {});
	}

	/** A form's fields, urlencoded, or a form with files. @throws as get */
	post(node: string, path: string, form: Record<string, string> | FormData): Promise<Answer> {
		return this.ask(node, path, { method: "POST", body: form instanceof FormData ? form : new URLSearchParams(form) });
	}

	/** The form of a page by its id, with what is filled in already. @throws Error where the page has none, as get */
	async open(node: string, path: string, id: string): Promise<PageForm> {
		const { status, text } = await this.get(node, path);
		const form = formOf(text, id);
		if (!form) throw new PageError(`${path} has no form "${id}": ${status}`, status);
		return { ...form, action: form.action.startsWith("/") ? form.action : path + form.action };
	}

	/** The value of a cookie; undefined: it has none. */
	cookie(name: string): string | undefined {
		return this.cookies.get(name);
	}

	private async ask(node: string, path: string, how: RequestInit): Promise<Answer> {
		const headers = { Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
		const answer = await fetch(node + path, { ...how, headers, redirect: "manual" });
		let epoch: number | null = null;
		for (const set of answer.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
			if (!name || value === undefined) continue;
			if (value === "") this.cookies.delete(name);
			else this.cookies.set(name, value);
			if (name === "pos" && value !== "") epoch = Number(value.split("-").at(-1));
		}
		return { status: answer.status, to: answer.headers.get("location"), text: await answer.text(), epoch };
	}
}

/** A page came, and it is another than was asked for. */
export class PageError extends Error {
	readonly status: number;
	constructor(message: string, status: number) {
		super(message);
		this.status = status;
	}
}

/** A form of a page as it would be sent at once: hidden fields and filled boxes, no file; choices by their first option. */
export function formOf(html: string, id: string): PageForm | undefined {
	const [, head, inner] = new RegExp(`<form([^>]*\\sid="${id}"[^>]*)>(.*?)</form>`, "s").exec(html) ?? [];
	if (head === undefined || inner === undefined) return undefined;
	const fields: Record<string, string> = {};
	for (const [, tag] of inner.matchAll(/<input([^>]*)>/g)) {
		const name = attribute(tag!, "name");
		const isChoice = /\stype="(radio|checkbox)"/.test(tag!);
		if (/\stype="file"/.test(tag!)) continue;
		if (name && (!isChoice || /\schecked=/.test(tag!))) fields[name] = attribute(tag!, "value") ?? "";
	}
	for (const [, tag, options] of inner.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)) {
		const name = attribute(tag!, "name");
		const chosen = /<option([^>]*\sselected=[^>]*)>/.exec(options!) ?? /<option([^>]*)>/.exec(options!);
		if (name) fields[name] = attribute(chosen?.[1] ?? "", "value") ?? "";
	}
	for (const [, tag, text] of inner.matchAll(/<textarea([^>]*)>(.*?)<\/textarea>/gs)) {
		const name = attribute(tag!, "name");
		if (name) fields[name] = unescaped(text!);
	}
	return { action: attribute(head, "action") ?? "", fields };
}

function attribute(tag: string, name: string): string | undefined {
	const [, value] = new RegExp(`\\s${name}="([^"]*)"`).exec(tag) ?? [];
	return value === undefined ? undefined : unescaped(value);
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'" };

function unescaped(text: string): string {
	return text.replaceAll(/&([^;]+);/g, (all, name: string) => ENTITIES[name] ?? all);
}
