import { FileTooBigError } from "#app/lib/read-upload-form.server.ts";
import type { ReadFailure } from "./audience.ts";

/** The upload is bigger than it may be; what was stored of it is gone again. */
export class UploadTooBigError extends FileTooBigError {
	override name = "UploadTooBigError";
	readonly limitBytes: number;
	constructor(limitBytes: number) {
		super(`the upload exceeds ${limitBytes} bytes`);
		this.limitBytes = limitBytes;
	}
}

/** The text is longer than may be pasted. */
export class PasteTooLongError extends Error {
	override name = "PasteTooLongError";
}

/** The collection does not exist, or not for this actor: the two are told apart by nobody. */
export class CollectionNotFoundError extends Error {
	override name = "CollectionNotFoundError";
}

/** The source as a whole cannot be read as an audience. */
export class UnreadableAudienceError extends Error {
	override name = "UnreadableAudienceError";
	readonly failure: ReadFailure;
	constructor(failure: ReadFailure) {
		super(`the audience cannot be read: ${failure}`);
		this.failure = failure;
	}
}
