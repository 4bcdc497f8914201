import { FileTooBigError } from "#app/lib/read-upload-form.server.ts";
import { AVATAR_MAX_BYTES } from "./profile.schema.ts";

/** Gathers a picture as it arrives. @throws FileTooBigError as soon as it is more than it may be. */
export async function readPicture(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	for await (const piece of bytes) {
		length += piece.length;
		if (length > AVATAR_MAX_BYTES) throw new FileTooBigError();
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
}
