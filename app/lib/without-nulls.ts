import { Transform } from "node:stream";

/**
 * A page on its way out, without zero bytes. React 18 writes what it renders in pieces of 2 KB, and where a letter of several bytes does
 * not fit into the rest of a piece, it sends that rest along as zeros: a browser leaves them out of text, but in an attribute
 * (a label, what was typed) each becomes a replacement character. No letter of UTF-8 holds a zero byte.
 */
export function withoutNulls(): Transform {
	return new Transform({
		transform(chunk: Buffer, _encoding, done) {
			done(null, chunk.includes(0) ? Buffer.from(chunk.filter((byte) => byte !== 0)) : chunk);
		},
	});
}
