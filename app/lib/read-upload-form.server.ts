import { once } from "node:events";
import { Busboy, type BusboyFileStream, type BusboyHeaders } from "@fastify/busboy";

type Parser = InstanceType<typeof Busboy>;

/** A text field longer than this is cut: whoever reads it has a smaller limit and says so. */
const FIELD_MAX_BYTES = 2 * 1024 * 1024;
const FIELDS_MAX = 50;
/** What is left of a refused body is read and dropped, so much and so long, that the browser gets as far as the answer. */
const DROP_MAX_BYTES = 1024 ** 3;
const DROP_MAX_MS = 120_000;

/** The file is bigger than it may be; no more of it was read than it took to know. */
export class FileTooBigError extends Error {
	override name = "FileTooBigError";
}

export interface UploadForm<Stored> {
	fields: Record<string, string>;
	/** The file that was sent; undefined when none was chosen. */
	file?: { name: string; stored: Stored | FileTooBigError };
}

type Store<Stored> = (bytes: AsyncIterable<Uint8Array>) => Promise<Stored>;

/**
 * Reads a form whose file comes last, piece by piece: `store` gets the file's bytes as they arrive. When it throws a
 * FileTooBigError, or the announced length is far beyond `maxBytes`, this returns at once with the fields, and the rest of the body is
 * dropped behind the answer's back.
 *
 * @throws what else `store` throws, and an error for a body that ends too early or is no form.
 */
export async function readUploadForm<Stored>(
	request: Request,
	maxBytes: number,
	store: Store<Stored>,
): Promise<UploadForm<Stored>> {
	const type = request.headers.get("content-type") ?? "";
	if (!type.startsWith("multipart/form-data") || !request.body) {
		const fields = [...(await request.formData())].filter((one): one is [string, string] => typeof one[1] === "string");
		return { fields: Object.fromEntries(fields) };
	}
	const isSurelyTooBig = Number(request.headers.get("content-length") ?? 0) > maxBytes + FIELD_MAX_BYTES;
	const parser = new Busboy({
		headers: { "content-type": type } as BusboyHeaders,
		limits: { fieldSize: FIELD_MAX_BYTES, fields: FIELDS_MAX, files: 1, headerPairs: 50 },
	});
	return new FormReading(parser, isSurelyTooBig ? refuse : store).read(request.body.getReader());
}

async function refuse(): Promise<never> {
	throw new FileTooBigError();
}

class FormReading<Stored> {
	readonly #form: UploadForm<Stored> = { fields: {} };
	readonly #parser: Parser;
	/** Rejects as soon as the body cannot be read on. */
	readonly #broken: Promise<never>;
	#file: BusboyFileStream | undefined;
	#storing: Promise<void> = Promise.resolve();

	constructor(parser: Parser, store: Store<Stored>) {
		this.#parser = parser;
		this.#broken = new Promise((_resolve, reject) => {
			parser.once("error", reject);
			parser.on("file", (_field, stream, name) => {
				if (!name) {
					stream.resume();
					return;
				}
				this.#file = stream;
				// Its errors are the parser's, too.
				stream.on("error", () => {});
				this.#storing = store(stream).then((stored) => {
					this.#form.file = { name, stored };
				});
				this.#storing.catch((error) => {
					if (error instanceof FileTooBigError) this.#form.file = { name, stored: error };
					reject(error);
				});
			});
		});
		this.#broken.catch(() => {});
		parser.on("field", (name, value) => {
			this.#form.fields[name] = value;
		});
	}

	async read(body: ReadableStreamDefaultReader<Uint8Array>): Promise<UploadForm<Stored>> {
		try {
			for (;;) {
				const { done, value } = await body.read();
				if (done) break;
				await Promise.race([this.#write(value), this.#broken]);
			}
			const finished = once(this.#parser, "finish");
			this.#parser.end();
			await Promise.race([finished, this.#broken]);
			await this.#storing;
		} catch (error) {
			if (error instanceof FileTooBigError) {
				void drop(body);
				return this.#form;
			}
			// What was stored so far is removed by who stores it, once it hears of the error.
			this.#file?.destroy(error as Error);
			await this.#storing.catch(() => {});
			throw error;
		}
		return this.#form;
	}

	#write(bytes: Uint8Array): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#parser.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), (error) =>
				error ? reject(error) : resolve(),
			);
		});
	}
}

async function drop(body: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
	const endAt = Date.now() + DROP_MAX_MS;
	let dropped = 0;
	try {
		while (dropped < DROP_MAX_BYTES && Date.now() < endAt) {
			const { done, value } = await body.read();
			if (done) return;
			dropped += value.length;
		}
		await body.cancel();
	} catch {
		// The visitor went away: there is nobody left to answer.
	}
}
