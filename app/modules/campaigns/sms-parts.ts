/** GSM 03.38 default alphabet: one septet each. */
export const GSM_BASIC =
	"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/** Its extension table: two septets each, an escape before them. */
export const GSM_EXTENDED = "\f^{}\\[~]|€";

/** Units that one part holds: alone, and as one of several, each of which begins with six octets that tie them together. */
const ROOM = { gsm7: { alone: 160, tied: 153 }, ucs2: { alone: 70, tied: 67 } } as const;

export interface SmsParts {
	/** ucs2 as soon as one character is not in the GSM alphabet: "я", an emoji, a typographic quote. */
	encoding: keyof typeof ROOM;
	/** How many SMS the text is sent, and paid, as. */
	parts: number;
	/** Septets of GSM-7, or UTF-16 units. */
	units: number;
	/** What still fits in before one more part is needed. */
	left: number;
}

/** How a text goes as SMS (3GPP TS 23.038 and 23.040). An escaped character and an emoji are never cut between two parts. */
export function smsParts(text: string): SmsParts {
	const encoding = [...text].every((one) => GSM_BASIC.includes(one) || GSM_EXTENDED.includes(one)) ? "gsm7" : "ucs2";
	const widths = Array.from(text, (one) => {
		if (encoding === "ucs2") return one.length;
		return GSM_BASIC.includes(one) ? 1 : 2;
	});
	const units = widths.reduce((sum, width) => sum + width, 0);
	const { alone, tied } = ROOM[encoding];
	if (units <= alone) return { encoding, parts: 1, units, left: alone - units };
	let parts = 1;
	let filled = 0;
	for (const width of widths) {
		if (filled + width > tied) {
			parts++;
			filled = 0;
		}
		filled += width;
	}
	return { encoding, parts, units, left: tied - filled };
}
