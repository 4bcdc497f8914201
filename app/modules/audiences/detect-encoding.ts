import { UnreadableAudienceError } from "./audience.errors.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1251";

const MAGIC: [bytes: number[], failure: "not_text" | "excel_workbook"][] = [
	[[0x50, 0x4b, 0x03, 0x04], "not_text"], // zip; a workbook is told apart below
	[[0xd0, 0xcf, 0x11, 0xe0], "excel_workbook"], // .xls
	[[0x25, 0x50, 0x44, 0x46], "not_text"], // PDF
	[[0x89, 0x50, 0x4e, 0x47], "not_text"], // PNG
	[[0xff, 0xd8, 0xff], "not_text"], // JPEG
	[[0x47, 0x49, 0x46, 0x38], "not_text"], // GIF
	[[0x1f, 0x8b], "not_text"], // gzip
	[[0x52, 0x61, 0x72, 0x21], "not_text"], // RAR
	[[0x37, 0x7a, 0xbc, 0xaf], "not_text"], // 7z
];
/** More control characters than this are no text: one in a hundred. */
const CONTROL_SHARE_MAX = 0.01;

function startsWith(bytes: Uint8Array, magic: number[]): boolean {
	return magic.every((byte, at) => bytes[at] === byte);
}

/** UTF-16 without its mark: digits and commas have a zero in every second byte, and nowhere else. */
function utf16ByZeros(head: Uint8Array): Encoding | undefined {
	const zeros = [0, 0];
	for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at % 2]!++;
	const half = head.length / 2;
	const [even, odd] = zeros as [number, number];
	if (odd > half * 0.2 && even < half * 0.02) return "utf-16le";
	if (even > half * 0.2 && odd < half * 0.02) return "utf-16be";
	return undefined;
}

/**
 * Looks through the whole of a source once, before anything is written of it: a file that is no text is refused as a whole,
 * and Cyrillic names in line 5,000 must not be decoded by what the first line looked like.
 *
 * @throws UnreadableAudienceError for what is no text.
 */
export async function detectEncoding(bytes: AsyncIterable<Uint8Array>): Promise<Encoding> {
	const utf8 = new TextDecoder("utf-8", { fatal: true });
	let encoding: Encoding | undefined;
	let isUtf8 = true;
	let isFirst = true;
	let controls = 0;
	let total = 0;
	for await (const piece of bytes) {
		if (isFirst) {
			encoding = encodingOfHead(piece);
			isFirst = false;
		}
		// Both kinds of UTF-16 are settled by the head; every byte of them is fair.
		if (encoding === "utf-16le" || encoding === "utf-16be") return encoding;
		total += piece.length;
		for (let at = 0; at < piece.length; at++) {
			const byte = piece[at]!;
			if (byte === 0) throw new UnreadableAudienceError("not_text");
			if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) controls++;
		}
		if (isUtf8) isUtf8 = decodes(() => utf8.decode(piece, { stream: true }));
	}
	if (controls > total * CONTROL_SHARE_MAX) throw new UnreadableAudienceError("not_text");
	if (isUtf8) isUtf8 = decodes(() => utf8.decode());
	return isUtf8 ? "utf-8" : "windows-1251";
}

function encodingOfHead(head: Uint8Array): Encoding | undefined {
	for (const [magic, failure] of MAGIC) {
		if (!startsWith(head, magic)) continue;
		const isWorkbook = Buffer.from(head.buffer, head.byteOffset, head.length).includes("[Content_Types].xml");
		throw new UnreadableAudienceError(isWorkbook ? "excel_workbook" : failure);
	}
	if (startsWith(head, [0xff, 0xfe])) return "utf-16le";
	if (startsWith(head, [0xfe, 0xff])) return "utf-16be";
	return utf16ByZeros(head.subarray(0, 65_536));
}

function decodes(decode: () => string): boolean {
	try {
		decode();
		return true;
	} catch {
		return false;
	}
}
