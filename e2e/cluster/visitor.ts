/** A person with a browser without JavaScript, who may come to any node: cookies go along, redirects are not followed. */
export class Visitor {
	private readonly cookies = new Map<string, string>();

	get(url: string): Promise<Answer> {
		return this.ask(url, {});
	}

	post(url: string, form: Record<string, string>): Promise<Answer> {
		return this.ask(url, { method: "POST", body: new URLSearchParams(form) });
	}

	private async ask(url: string, request: RequestInit): Promise<Answer> {
		const Cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
		const answer = await fetch(url, { ...request, redirect: "manual", headers: { Cookie } });
		for (const line of answer.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (name) this.cookies.set(name, value ?? "");
		}
		return { status: answer.status, to: answer.headers.get("location"), body: await answer.text() };
	}
}

export interface Answer {
	status: number;
	/** Where it leads. */
	to: string | null;
	body: string;
}
