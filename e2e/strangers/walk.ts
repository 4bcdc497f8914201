import type { BuiltRoute } from "../harness/built-routes.ts";
import { type Answer, ask, type Question, type Shape, shaped } from "./ask.ts";
import type { Declared, PickId } from "./declared.ts";
import { type Deed, isShutOut, namedKinds, pickedBy, refusal } from "./expectation.ts";
import type { Persona } from "./personas.ts";
import { type FindSecrets, secretsFor, withoutIds } from "./secrets.ts";
import { foreignTargets, MISSING, ownTargets, pathOf, type Target } from "./targets.ts";
import type { ThingKind } from "./things.ts";
import type { World } from "./world.ts";

/** A route that takes no form says so, unless the guard of its cabinet comes first. */
const NO_ACTION = /^(405|403|409|to .*)$/;
const SHAPES: readonly Shape[] = ["page", "data"];

export interface Scene {
	baseUrl: string;
	world: World;
	persona: Persona;
	route: BuiltRoute;
	declared: Declared;
}

/** Walks one route as one persona in every way, and tells what was not as the guard should have it; one line each. */
export async function walkRoute(scene: Scene): Promise<string[]> {
	return new Walk(scene).go();
}

class Walk {
	private readonly found: string[] = [];
	private readonly scene: Scene;
	private readonly findSecrets: FindSecrets;

	constructor(scene: Scene) {
		this.scene = scene;
		this.findSecrets = secretsFor(scene.persona, scene.world);
	}

	/**
	 * The shape in which whoever is let in asks for several people's things; in the other one stands for all. The data is all that a page
	 * is made of, and not drawn it costs a tenth of it; what has no page is asked for as it is.
	 */
	private get tellingShape(): Shape {
		return this.scene.route.hasPage ? "data" : "page";
	}

	async go(): Promise<string[]> {
		if (isShutOut(this.scene.persona, this.scene.declared)) await this.knock();
		else {
			await this.look();
			await this.change();
		}
		return this.found;
	}

	/** At a cabinet that is not the persona's, where one thing stands for all. */
	private async knock(): Promise<void> {
		const { persona, declared, route } = this.scene;
		for (const { method, shape, deed } of KNOCKS) {
			const kinds = this.kindsOf(deed);
			const target = foreignTargets(this.scene, kinds, deed)[0] ?? MISSING;
			const refused = refusal(persona, declared, deed, pathOf(this.scene, target.pick));
			const expected = deed === "change" && !route.hasAction ? NO_ACTION : refused;
			this.expect(`${method} ${shape} of ${target.ids}`, await this.askFor(method, shape, target), expected);
		}
	}

	/** By GET and HEAD, in every shape: a foreign thing's answer is a missing thing's; what is within reach opens. */
	private async look(): Promise<void> {
		const { declared, persona } = this.scene;
		const kinds = this.kindsOf("read");
		const refused = refusal(persona, declared, "read", pathOf(this.scene, MISSING.pick));
		const isThing = kinds.length > 0;
		const foreign = foreignTargets(this.scene, kinds, "read");
		for (const shape of SHAPES) {
			const nothing = await this.askFor("GET", shape, MISSING);
			this.expect(`GET ${shape} of nothing`, nothing, refused ?? (isThing ? /^404$/ : undefined));
			for (const target of shape === this.tellingShape && !refused ? foreign : foreign.slice(0, 1))
				this.same(`GET ${shape} of ${target.ids}`, await this.askFor("GET", shape, target), target, nothing);
			const isEndless = declared.isStream && shape !== "page";
			if (refused || isEndless) continue;
			for (const own of ownTargets(this.scene, kinds)) this.opens(shape, await this.askFor("GET", shape, own));
		}
		const head = await this.askFor("HEAD", "page", foreign[0] ?? MISSING);
		if (isThing || refused) this.expect("HEAD", head, refused ?? /^(404|200)$/);
		if (!refused) await this.search();
	}

	/** By what stands behind the "?": a list that is asked for somebody else's things is the list for things that do not exist. */
	private async search(): Promise<void> {
		const { declared } = this.scene;
		const [own = MISSING] = ownTargets(this.scene, this.kindsOf("read"));
		for (const query of declared.queries ?? [])
			for (const shape of ["page", "data"] as const) {
				const call = `GET ${shape} ?${query((kind) => kind)}`;
				const nothing = await this.askFor("GET", shape, own, { query, named: MISSING });
				this.expect(`${call} of nothing`, nothing, undefined);
				const foreign = foreignTargets(this.scene, pickedBy(query), "read");
				for (const named of shape === "data" ? foreign : foreign.slice(0, 1))
					this.same(`${call} of ${named.ids}`, await this.askFor("GET", shape, own, { query, named }), named, nothing);
				for (const named of ownTargets(this.scene, pickedBy(query)))
					this.opens(shape, await this.askFor("GET", shape, own, { query, named }));
			}
	}

	/** By POST and the methods that no page uses: refused, with the same words whether the thing is there or not. */
	private async change(): Promise<void> {
		const { declared, persona, route } = this.scene;
		const kinds = this.kindsOf("change");
		const refused = refusal(persona, declared, "change", pathOf(this.scene, MISSING.pick));
		if (!refused) await this.nameInForm();
		// What is allowed and names nobody else's thing is no stranger's deed.
		if (!refused && kinds.length === 0 && route.hasAction) return;
		const foreign = foreignTargets(this.scene, kinds, "change");
		for (const { method, shape, isEmpty } of CHANGES) {
			const call = `${method} ${shape}${isEmpty ? " (empty)" : ""}`;
			const isThorough = method === "POST" && shape === this.tellingShape && !isEmpty && !refused;
			const nothing = await this.askFor(method, shape, MISSING, { isEmpty });
			this.expect(`${call} of nothing`, nothing, this.changeAnswer(refused, isEmpty));
			for (const target of isThorough ? foreign : foreign.slice(0, 1)) {
				const answer = await this.askFor(method, shape, target, { isEmpty });
				if (target.isVisible)
					this.expect(`${call} of ${target.ids}`, answer, route.hasAction ? (refused ?? /^4\d\d$/) : NO_ACTION);
				else this.same(`${call} of ${target.ids}`, answer, target, nothing);
			}
		}
	}

	/** One's own page, whose form names somebody else's thing. */
	private async nameInForm(): Promise<void> {
		const kinds = namedKinds(this.scene.declared).byForm;
		const [own] = ownTargets(this.scene, this.kindsOf("change"), "change");
		if (kinds.length === 0 || !own) return;
		const foreign = foreignTargets(this.scene, kinds, "change");
		for (const shape of SHAPES) {
			const call = `POST ${shape} of a form that names`;
			const nothing = await this.askFor("POST", shape, own, { named: MISSING });
			this.expect(`${call} nothing`, nothing, /^4\d\d$/);
			for (const named of shape === this.tellingShape ? foreign : foreign.slice(0, 1))
				this.same(`${call} ${named.ids}`, await this.askFor("POST", shape, own, { named }), named, nothing);
		}
	}

	/** What a change of something that does not exist is answered. A form that is wrong in itself may be told so before that is seen. */
	private changeAnswer(refused: RegExp | undefined, isEmpty: boolean): RegExp {
		const { persona, route } = this.scene;
		if (!route.hasAction) return NO_ACTION;
		if (refused) return isEmpty && isByRight(refused) && persona.inside !== "to look" ? /^(403|422)$/ : refused;
		return isEmpty ? /^(404|422)$/ : /^404$/;
	}

	/** What the address itself names. */
	private kindsOf(deed: Deed): ThingKind[] {
		const { byAddress, byForm } = namedKinds(this.scene.declared);
		const isRefused =
			refusal(this.scene.persona, this.scene.declared, deed, pathOf(this.scene, MISSING.pick)) !== undefined;
		// Whoever is refused is so whatever the form says.
		return deed === "change" && isRefused ? [...byAddress, ...byForm] : byAddress;
	}

	/** `named`: what the query or the form names, where that is another thing than the address does. */
	private askFor(
		method: string,
		shape: Shape,
		target: Target,
		how: { isEmpty?: boolean; query?: (pick: PickId) => string; named?: Target } = {},
	): Promise<Answer> {
		const { baseUrl, persona, declared, route } = this.scene;
		const { pick } = how.named ?? target;
		const isChange = method !== "GET" && method !== "HEAD";
		const search = new URLSearchParams(how.query?.(pick));
		if (isChange && route.isIndex) search.set("index", "");
		// As the forms of our pages say for whom they were made.
		if (isChange && persona.account) search.set("for", String(persona.account.id));
		const query = search.size > 0 ? `?${search}` : "";
		const question: Question = {
			method,
			cookie: persona.cookie,
			address: shaped(shape, pathOf(this.scene, target.pick), query),
			isStream: declared.isStream,
			form: isChange ? (how.isEmpty ? {} : (declared.form?.(pick) ?? { a: "1" })) : undefined,
		};
		return ask(baseUrl, question);
	}

	private expect(call: string, answer: Answer, expected: RegExp | undefined): void {
		this.keepsSecrets(call, answer);
		if (answer.status >= 500) this.say(call, `answered ${answer.status}`);
		else if (expected && !expected.test(answer.outcome)) this.say(call, `answered ${answer.outcome}, not ${expected}`);
	}

	private opens(shape: Shape, answer: Answer): void {
		this.keepsSecrets(`GET ${shape} of one's own`, answer);
		const { persona, declared } = this.scene;
		// Whoever is limited to some accounts does not touch what reaches further.
		const isLimited = persona.account && !persona.branches.includes(persona.account.path);
		if (isLimited && answer.outcome === "403") return;
		if (!/^(200|to \/(client|dealer|admin)\/)/.test(answer.outcome) && declared.cabinets.length > 0)
			this.say(`GET ${shape} of one's own`, `answered ${answer.outcome}`);
	}

	/** Two answers that nobody can tell apart: by status, headers or text. */
	private same(call: string, answer: Answer, target: Target, nothing: Answer): void {
		this.keepsSecrets(call, answer, target.ids);
		const ids = [...target.ids, ...MISSING.ids];
		const plain = (one: Answer) => withoutIds(JSON.stringify([one.status, one.headers, one.body]), ids);
		if (plain(answer) !== plain(nothing))
			this.say(
				call,
				`${answer.outcome} differs from ${nothing.outcome} for nothing: ${firstDifference(plain(answer), plain(nothing))}`,
			);
	}

	/** What was asked for by its name stands in the answer, and tells nothing. */
	private keepsSecrets(call: string, answer: Answer, asked: readonly string[] = []): void {
		const secrets = this.findSecrets(withoutIds(JSON.stringify(answer.headers) + answer.body, asked));
		if (secrets.length > 0) this.say(call, `told ${secrets.join(", ")}`);
	}

	private say(call: string, what: string): void {
		this.found.push(`${this.scene.route.id}: ${call}: ${what}`);
	}
}

/** The form as it should be and an empty one, in every shape; other methods come to the same actions. */
const isByRight = (refused: RegExp) => refused.test("403");

const CHANGES: readonly { method: string; shape: Shape; isEmpty: boolean }[] = [
	...SHAPES.map((shape) => ({ method: "POST", shape, isEmpty: false })),
	{ method: "POST", shape: "page", isEmpty: true },
	{ method: "DELETE", shape: "data", isEmpty: false },
];

const KNOCKS: readonly { method: string; shape: Shape; deed: Deed }[] = [
	...SHAPES.map((shape) => ({ method: "GET", shape, deed: "read" as const })),
	{ method: "POST", shape: "page", deed: "change" },
];

function firstDifference(a: string, b: string): string {
	let at = 0;
	while (a[at] === b[at]) at++;
	return `…${a.slice(Math.max(0, at - 30), at + 60)}… / …${b.slice(Math.max(0, at - 30), at + 60)}…`;
}
