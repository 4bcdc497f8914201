import { ask } from "./ask.ts";
import type { Persona } from "./personas.ts";
import { secretsFor } from "./secrets.ts";
import type { World } from "./world.ts";

interface Door {
	method: string;
	address: string;
	/** The one answer that everybody gets. */
	outcome: RegExp;
}

const TOKEN = "A".repeat(43);

/** What app/server.ts answers by itself, and what lies beside the pages. */
const DOORS: readonly Door[] = [
	{ method: "GET", address: "/healthz", outcome: /^200$/ },
	{ method: "GET", address: "/readyz", outcome: /^200$/ },
	// Neither tells whether there is a provider with this number.
	...["1", "4999999"].flatMap((provider) => [
		{ method: "POST", address: `/hooks/${provider}/1-${TOKEN}`, outcome: /^404$/ },
		{ method: "GET", address: `/hooks/${provider}/1-${TOKEN}`, outcome: /^404$/ },
	]),
	{ method: "POST", address: "/hooks/", outcome: /^404$/ },
	{ method: "GET", address: "/assets/", outcome: /^404$/ },
	{ method: "GET", address: "/assets/..%2f..%2fserver/index.js", outcome: /^404$/ },
	{ method: "GET", address: "/.vite/manifest.json", outcome: /^404$/ },
	{ method: "GET", address: "/books.db", outcome: /^404$/ },
	{ method: "POST", address: "/assets/", outcome: /^404$/ },
	{ method: "GET", address: "/__manifest?version=x&p=/admin/providers", outcome: /^204$/ },
	// Remix's older way to ask for data goes past layouts; nobody of ours needs it.
	{ method: "GET", address: "/admin/providers?_data=routes%2Fadmin%2B%2Fproviders", outcome: /^404$/ },
	{ method: "GET", address: "/client/campaigns?state=done&_data=root", outcome: /^404$/ },
	{ method: "POST", address: "/sign-in?_data=routes%2F_auth%2B%2Fsign-in", outcome: /^404$/ },
	{ method: "OPTIONS", address: "/admin/providers", outcome: /^(405|to \/sign-in)/ },
	{ method: "GET", address: "/error/403", outcome: /^403$/ },
];

/** Asks for each of them; tells which answered otherwise, or held what the persona must not know. */
export async function tryDoorsOfServer(baseUrl: string, world: World, persona: Persona): Promise<string[]> {
	const findSecrets = secretsFor(persona, world);
	const found: string[] = [];
	for (const { method, address, outcome } of DOORS) {
		const form = method === "POST" ? { a: "1" } : undefined;
		const answer = await ask(baseUrl, { method, cookie: persona.cookie, address, form });
		const call = `${persona.name}: ${method} ${address}`;
		if (!outcome.test(answer.outcome)) found.push(`${call}: answered ${answer.outcome}`);
		const secrets = findSecrets(JSON.stringify(answer.headers) + answer.body);
		if (secrets.length > 0) found.push(`${call}: told ${secrets}`);
	}
	return found;
}
