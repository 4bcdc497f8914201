import smpp from "smpp";

const UCS2 = 0x08;
const SMSC_DEFAULT = 0x00;
/** Octets of one message, and of one of several, whose header takes six. */
const SEPTETS = { one: 160, part: 153 };
const UCS2_OCTETS = { one: 140, part: 134 };
const ESCAPE = 0x1b;
const PARTS_MAX = 255;

export interface TextParts {
	dataCoding: number;
	/** One, or as many as it takes. */
	parts: Buffer[];
	whole: Buffer;
}

/** A text as SMS carry it: GSM 03.38 where it holds every letter, an octet each, else UCS-2. Undefined where it takes too many parts. */
export function textParts(text: string): TextParts | undefined {
	const isGsm = smpp.encodings.ASCII.match(text);
	const whole = isGsm ? smpp.encodings.ASCII.encode(text) : ucs2(text);
	const sizes = isGsm ? SEPTETS : UCS2_OCTETS;
	const dataCoding = isGsm ? SMSC_DEFAULT : UCS2;
	if (whole.length <= sizes.one) return { dataCoding, whole, parts: [whole] };
	const parts: Buffer[] = [];
	for (let from = 0; from < whole.length; ) {
		let to = Math.min(from + sizes.part, whole.length);
		if (to < whole.length) to -= isGsm ? (whole[to - 1] === ESCAPE ? 1 : 0) : isHighSurrogate(whole, to - 2) ? 2 : 0;
		parts.push(whole.subarray(from, to));
		from = to;
	}
	return parts.length > PARTS_MAX ? undefined : { dataCoding, whole, parts };
}

function ucs2(text: string): Buffer {
	return Buffer.from(text, "utf16le").swap16();
}

/** The first half of a letter that must not be torn. */
function isHighSurrogate(bytes: Buffer, at: number): boolean {
	return (bytes.readUInt16BE(at) & 0xfc00) === 0xd800;
}
