import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { PassThrough, Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdCompress, createZstdDecompress } from "node:zlib";

export interface Weight {
	bytes: number;
	/** Hex. */
	sha256: string;
}

/** Passes bytes on and weighs them. */
class Scale extends Transform {
	private readonly hash = createHash("sha256");
	private bytes = 0;

	override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
		this.hash.update(chunk);
		this.bytes += chunk.length;
		done(null, chunk);
	}

	/** Once everything has passed. */
	weight(): Weight {
		return { bytes: this.bytes, sha256: this.hash.digest("hex") };
	}
}

/**
 * Writes `from` to `to`, packed or unpacked on the way, and makes it durable.
 *
 * @returns what was read and what was written.
 */
export async function repack(
	from: string,
	to: string,
	how: "pack" | "unpack" | "none",
): Promise<{ read: Weight; written: Weight }> {
	const [read, written] = [new Scale(), new Scale()];
	const between = how === "pack" ? createZstdCompress() : how === "unpack" ? createZstdDecompress() : new PassThrough();
	await pipeline(createReadStream(from), read, between, written, createWriteStream(to, { flags: "wx", mode: 0o600 }));
	await makeDurable(to);
	return { read: read.weight(), written: written.weight() };
}

/** A file or a folder, against a loss of power. */
export async function makeDurable(path: string): Promise<void> {
	const file = await open(path);
	try {
		await file.sync();
	} finally {
		await file.close();
	}
}
