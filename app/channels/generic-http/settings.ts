import { z } from "zod";
import { MeaninglessLineError, parseAnswerMeanings, parseStateMeanings } from "./meanings.ts";
import { parsePath } from "./paths.ts";
import { isJsonSafe, isPathSafe, parseTemplate, type Template, UnknownFieldError } from "./template.ts";

const TEMPLATE_MAX = 10_000;
const text = (max: number) => z.string().trim().max(max).default("");
const path = text(200).refine((one) => parsePath(one) !== undefined, "providers:error.path");
const secret = z
	.string()
	.trim()
	.regex(/^[\x20-\x7e]{0,1000}$/)
	.default("");

/** Names that the transport writes itself, or that would make two requests of one. */
const OWN_HEADERS = /^(host|content-length|transfer-encoding|connection|upgrade|expect|te|trailer|keep-alive)$/i;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e]*)$/;

type Check = (text: string) => string | undefined;

/** A template that `check` finds nothing wrong with; undefined, or what is wrong. */
const template = (check: (one: Template) => string | undefined): Check => {
	return (text) => {
		try {
			return check(parseTemplate(text));
		} catch (error) {
			if (error instanceof UnknownFieldError)
				return `providers:error.unknown_field|${JSON.stringify({ field: error.field })}`;
			throw error;
		}
	};
};

const lines = (parse: (text: string) => unknown): Check => {
	return (text) => {
		try {
			parse(text);
			return undefined;
		} catch (error) {
			if (error instanceof MeaninglessLineError) return `providers:error.line|${JSON.stringify({ line: error.line })}`;
			throw error;
		}
	};
};

/** The host stands before any field, so that no value can choose it. */
const checkUrl = template((one) => {
	const host = one.fields.length > 0 ? /^https?:\/\/[^/?#@\\\s]+[/?#]/i : /^https?:\/\/[^/?#@\\\s]+([/?#]|$)/i;
	if (!host.test(one.texts[0] ?? "") || one.texts.some((part) => /[^\x21-\x7e]|#/.test(part)))
		return "providers:error.url";
	if (!URL.canParse(one.texts.join("x"))) return "providers:error.url";
	return isPathSafe(one) ? undefined : "providers:error.field_place";
});

const checkHeaders: Check = (text) => {
	for (const line of headerLines(text)) {
		const name = HEADER.exec(line)?.[1];
		if (!name || OWN_HEADERS.test(name)) return `providers:error.line|${JSON.stringify({ line })}`;
	}
	return template(() => undefined)(text);
};

const checked = (max: number, check: Check) =>
	text(max).superRefine((value, context) => {
		const message = value === "" ? undefined : check(value);
		if (message) context.addIssue({ code: "custom", message });
	});

/** What an admin says of a provider that is reached by HTTP: its request, what its answers mean, what its reports mean. */
export const settingsSchema = z
	.object({
		method: z.enum(["POST", "GET"]).meta({ group: "request", options: ["POST", "GET"], standard: "POST" }),
		url: checked(2_000, checkUrl)
			.refine((url) => url !== "", "providers:error.required")
			.meta({ group: "request", hasHelp: true }),
		headers: checked(TEMPLATE_MAX, checkHeaders).meta({ group: "request", rows: 3, hasHelp: true }),
		bodyType: z.enum(["json", "form", "xml"]).meta({
			group: "request",
			options: ["json", "form", "xml"],
			standard: "json",
		}),
		body: checked(
			TEMPLATE_MAX,
			template(() => undefined),
		).meta({ group: "request", rows: 6, hasHelp: true }),
		richBody: checked(
			TEMPLATE_MAX,
			template(() => undefined),
		).meta({ group: "request", rows: 4, hasHelp: true }),
		secret1: secret.meta({ group: "request", isSecret: true, hasHelp: true }),
		secret2: secret.meta({ group: "request", isSecret: true }),
		probeUrl: checked(2_000, checkUrl).meta({ group: "request", hasHelp: true }),
		balancePath: path.meta({ group: "request" }),

		answerPath: path.meta({ group: "answer", hasHelp: true }),
		answerMeanings: checked(TEMPLATE_MAX, lines(parseAnswerMeanings)).meta({ group: "answer", rows: 6, hasHelp: true }),
		answerIdPath: path.meta({ group: "answer" }),

		reportId: z.enum(["none", "ours", "theirs", "address"]).meta({
			group: "reports",
			options: ["none", "ours", "theirs", "address"],
			standard: "none",
			hasHelp: true,
		}),
		reportListPath: path.meta({ group: "reports" }),
		reportIdPath: path.meta({ group: "reports" }),
		reportStatePath: path.meta({ group: "reports" }),
		reportMeanings: checked(TEMPLATE_MAX, lines(parseStateMeanings)).meta({ group: "reports", rows: 6, hasHelp: true }),
		reportTimePath: path.meta({ group: "reports" }),
		signatureHeader: text(100)
			.refine((name) => /^[\w-]*$/.test(name))
			.meta({ group: "reports", hasHelp: true }),
		signatureSecret: secret.meta({ group: "reports", isSecret: true }),
	})
	.superRefine((all, context) => {
		const tell = (name: string, message: string) => context.addIssue({ code: "custom", path: [name], message });
		const need = (name: keyof typeof all, isNeeded: boolean) => {
			if (isNeeded && all[name] === "") tell(name, "providers:error.required");
		};
		if (all.bodyType === "json" && all.method === "POST")
			for (const name of ["body", "richBody"] as const)
				if (all[name] !== "" && !isJsonSafeText(all[name])) tell(name, "providers:error.template_json");
		// Words of an answer mean something only where it is said which word; and the other way about.
		need("answerMeanings", all.answerPath !== "");
		need("answerPath", all.answerMeanings !== "");
		const hasReports = all.reportId !== "none";
		need("reportIdPath", all.reportId === "ours" || all.reportId === "theirs");
		need("answerIdPath", all.reportId === "theirs");
		need("reportStatePath", hasReports);
		need("reportMeanings", hasReports);
		need("signatureSecret", all.signatureHeader !== "");
	});

export type GenericHttpSettings = z.infer<typeof settingsSchema>;

function isJsonSafeText(text: string): boolean {
	try {
		return isJsonSafe(parseTemplate(text));
	} catch {
		// Said of the field already.
		return true;
	}
}

export function headerLines(text: string): string[] {
	return text
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== "");
}
