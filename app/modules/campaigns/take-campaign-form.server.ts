import { issue } from "#app/lib/issue.ts";
import { FileTooBigError, type UploadForm } from "#app/lib/read-upload-form.server.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { CollectionNotFoundError } from "#app/modules/audiences/audience.errors.ts";
import {
	type Audience,
	getAudience,
	listRejects,
	type Reject,
} from "#app/modules/audiences/audience.queries.server.ts";
import { PASTE_MAX_CHARS, UPLOAD_MAX_BYTES } from "#app/modules/audiences/audience.ts";
import { createAudience } from "#app/modules/audiences/create-audience.server.ts";
import { createPastedAudience } from "#app/modules/audiences/create-pasted-audience.server.ts";
import type { StoredUpload } from "#app/modules/audiences/store-upload.server.ts";
import { fallbackForm } from "#app/modules/fallback/fallback.schema.ts";
import { readBooks } from "#db/tx.ts";
import type { SenderNotAllowedError } from "./campaign.errors.ts";
import { type CampaignInput, campaignForm } from "./campaign.schema.ts";
import { offeredChannels } from "./offered-channels.server.ts";

export type FormErrors = Record<string, string[]>;

export type TakenForm =
	| { input: CampaignInput }
	/**
	 * `kept`: the file that was good, which the form goes on with. `isTooBig`: the answer's status is 413. `rejects`: the first numbers of
	 * a list that held no good one.
	 */
	| { errors: FormErrors; kept: Audience | undefined; isTooBig: boolean; rejects: Reject[] };

/**
 * Makes a campaign's input of its form: reads the audience out of the file, the pasted text, or what an earlier try of the form has kept.
 * Nothing that was given is lost by an error: text is for the page to keep, a good file is kept as a collection.
 */
export async function takeCampaignForm(actor: Actor, form: UploadForm<StoredUpload>): Promise<TakenForm> {
	const { timeZone } = actor.account;
	const channels = readBooks((tx) => offeredChannels(tx));
	const read = campaignForm({ timeZone, now: Date.now(), channels }).safeParse(form.fields);
	const second = fallbackForm(channels).safeParse(form.fields);
	const errors: FormErrors = {};
	for (const { path, message } of [...(read.error?.issues ?? []), ...(second.error?.issues ?? [])]) {
		const field = String(path[0] ?? "");
		errors[field] ??= [message];
	}
	const isTooBig = form.file?.stored instanceof FileTooBigError;
	const pasted = form.fields.paste ?? "";
	const hasPasted = pasted.trim() !== "";

	const rejects: Reject[] = [];
	const kept = await takeFile(actor, form, errors, rejects);
	if (kept && hasPasted) errors.file ??= [issue("audiences:error.both", { name: kept.name })];
	if (hasPasted && pasted.length > PASTE_MAX_CHARS)
		errors.paste = [issue("audiences:error.paste_too_long", { max: PASTE_MAX_CHARS })];
	if (!kept && !hasPasted && !errors.file) errors.paste = [issue("audiences:error.missing")];
	if (!read.success || !second.success || Object.keys(errors).length > 0) return { errors, kept, isTooBig, rejects };

	const audience = kept ?? (await takePaste(actor, pasted));
	const isEmpty = audience.state === "ready" && audience.validCount === 0;
	if (isEmpty || audience.state === "failed") {
		errors.paste = [failureOf(audience)];
		rejects.push(...firstRejects(audience, actor));
		return { errors, kept, isTooBig, rejects };
	}
	return { input: { ...read.data, collectionId: audience.id, fallback: second.data } };
}

/** Which of a form's senders may not be written under. */
export function senderField(error: SenderNotAllowedError, input: CampaignInput): "sender" | "fallback" {
	return error.message === input.sender.name ? "sender" : "fallback";
}

/** The new file as a collection, or the one that an earlier try has kept. What is wrong with it goes into `errors` and `rejects`. */
async function takeFile(
	actor: Actor,
	form: UploadForm<StoredUpload>,
	errors: FormErrors,
	rejects: Reject[],
): Promise<Audience | undefined> {
	const { file } = form;
	if (file?.stored instanceof FileTooBigError) {
		errors.file = [issue("audiences:error.file_too_big", { name: file.name, megabytes: UPLOAD_MAX_BYTES / 1024 ** 2 })];
		return undefined;
	}
	if (!file) return form.fields.forgetFile ? undefined : findKept(actor, form.fields.collectionId, errors);
	const collectionId = await createAudience(actor, file.stored, file.name || "?");
	const audience = readBooks((tx) => getAudience(tx, actor.account.id, collectionId));
	const isEmpty = audience.state === "ready" && audience.validCount === 0;
	if (audience.state !== "failed" && !isEmpty) return audience;
	errors.file = [failureOf(audience)];
	rejects.push(...firstRejects(audience, actor));
	return undefined;
}

function findKept(actor: Actor, collectionId: string | undefined, errors: FormErrors): Audience | undefined {
	if (!collectionId) return undefined;
	try {
		return readBooks((tx) => getAudience(tx, actor.account.id, Number(collectionId)));
	} catch (error) {
		// Another account's, or none at all: the same to whoever asks.
		if (!(error instanceof CollectionNotFoundError)) throw error;
		errors.file = [issue("audiences:error.gone")];
		return undefined;
	}
}

async function takePaste(actor: Actor, text: string): Promise<Audience> {
	const collectionId = await createPastedAudience(actor, text);
	return readBooks((tx) => getAudience(tx, actor.account.id, collectionId));
}

function failureOf(audience: Audience): string {
	const { name, failure, badCount, readLines } = audience;
	if (failure) return issue(`audiences:failures.${failure}`, { name: name || "…", line: readLines });
	return issue("audiences:error.none_valid", { count: badCount });
}

function firstRejects(audience: Audience, actor: Actor): Reject[] {
	return readBooks((tx) => listRejects(tx, actor, actor.account.id, audience.id, { line: 0, cell: 0 })).rejects;
}
