import { createHash } from "node:crypto";
import type { Sharp } from "sharp";
import { issue } from "#app/lib/issue.ts";
import { BadPictureError } from "./profile.errors.ts";

/** Pixels of each side. */
export const AVATAR_SIDE = 96;
/** It comes with every page: at most so many bytes. */
export const AVATAR_BYTES_MAX = 8 * 1024;
/** A picture of more pixels is a bomb or of no use here; the largest phones make 200 million, but save 12 to 50. */
const PIXELS_MAX = 60_000_000;
const DECODE_SECONDS_MAX = 10;
const QUALITIES = [82, 65, 45, 25];

/** By the first bytes: nothing else reaches a decoder. SVG is a program as much as a picture. */
const FORMATS: [format: string, begin: RegExp][] = [
	["jpeg", /^\xff\xd8\xff/],
	["png", /^\x89PNG\r\n/],
	["webp", /^RIFF[\s\S]{4}WEBP/],
	["gif", /^GIF8[79]a/],
];

export interface AvatarPicture {
	/** Of its bytes: a picture that is another has another address. */
	key: string;
	type: "image/webp";
	bytes: Buffer;
}

/**
 * Makes a small square picture of whatever a person sent: turned as the camera was held, cut to the middle, without anything that was
 * written into the file (place, camera, time). Works outside of this thread.
 *
 * @throws BadPictureError
 */
export async function makeAvatar(sent: Buffer): Promise<AvatarPicture> {
	const begin = sent.subarray(0, 16).toString("latin1");
	if (!FORMATS.some(([, mark]) => mark.test(begin))) throw new BadPictureError("settings:profile.error.no_picture");
	const { default: sharp } = await import("sharp");
	const options = { limitInputPixels: PIXELS_MAX, failOn: "error", animated: false } as const;
	try {
		const { width = 0, height = 0 } = await sharp(sent, { ...options, limitInputPixels: false }).metadata();
		if (width * height > PIXELS_MAX) throw tooManyPixels();
		const square = sharp(sent, options)
			.timeout({ seconds: DECODE_SECONDS_MAX })
			.autoOrient()
			.resize(AVATAR_SIDE, AVATAR_SIDE, { fit: "cover" });
		const bytes = await squeeze(square);
		const key = createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
		return { key, type: "image/webp", bytes };
	} catch (error) {
		if (error instanceof BadPictureError) throw error;
		throw new BadPictureError("settings:profile.error.broken_picture", { cause: error });
	}
}

/** As good as it can be within its bytes; 96 px of noise at the lowest quality are some 4 KB. */
async function squeeze(square: Sharp): Promise<Buffer> {
	const raw = await square.png().toBuffer();
	const { default: sharp } = await import("sharp");
	for (const quality of QUALITIES) {
		const bytes = await sharp(raw).webp({ quality }).toBuffer();
		if (bytes.length <= AVATAR_BYTES_MAX) return bytes;
	}
	throw new BadPictureError("settings:profile.error.broken_picture");
}

function tooManyPixels(): BadPictureError {
	return new BadPictureError(issue("settings:profile.error.too_many_pixels", { max: PIXELS_MAX / 1_000_000 }));
}
