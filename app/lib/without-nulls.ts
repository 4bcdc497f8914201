import { Transform } from "node:stream";

/** More than any page: React stops where nobody takes what it writes. */
const PAGE_MAX_BYTES = 4_000_000;

/**
 * A page on its way out, without zero bytes, and what was written in one turn in one piece.
 *
 * React 18 writes what it renders in pieces of 2 KB, and where a letter of several bytes does not fit into the rest of a piece, it sends that
 * rest along as zeros: a browser leaves them out of text, but in an attribute (a label, what was typed) each becomes a replacement
 * character. No letter of UTF-8 holds a zero byte. And Remix has each piece compressed and sent for itself: a dozen ways to the compressor and to
 * the network for a page that was there from the start, and more bytes.
 */
export function withoutNulls(): Transform {
	let pieces: Buffer[] = [];
	const handOn = (to: Transform) => {
		if (pieces.length === 0 || to.destroyed) return;
		const whole = Buffer.concat(pieces);
		pieces = [];
		to.push(whole.includes(0) ? Buffer.from(whole.filter((byte) => byte !== 0)) : whole);
	};
	return new Transform({
		writableHighWaterMark: PAGE_MAX_BYTES,
		transform(chunk: Buffer, _encoding, done) {
			if (pieces.push(chunk) === 1) setImmediate(handOn, this);
			done();
		},
		flush(done) {
			handOn(this);
			done();
		},
	});
}
