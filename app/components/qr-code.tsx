import { encode } from "uqr";

/** Light modules on every side, without which phones find no code (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/**
 * A text as a QR code, an inline SVG made on the server. Always dark on white, whatever the page's colours: half of the phones read
 * no inverted one. `label` says what it is for people who do not see it.
 */
export function QrCode({ text, label }: { text: string; label: string }) {
	const { data, size } = encode(text, { ecc: "M", border: 0 });
	const side = size + 2 * QUIET_ZONE;
	return (
		<svg
			className="qr"
			viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
			role="img"
			aria-label={label}
			shapeRendering="crispEdges"
		>
			<path fill="#fff" d={`M${-QUIET_ZONE} ${-QUIET_ZONE}h${side}v${side}h-${side}z`} />
			<path stroke="#000" d={data.map(strokesOf).join("")} />
		</svg>
	);
}

/** The dark runs of a row, as strokes one module wide through its middle; moved to from each other, which compresses best. */
function strokesOf(row: boolean[], y: number): string {
	let path = "";
	let penAt: number | undefined;
	for (let from = row.indexOf(true); from >= 0; ) {
		const light = row.indexOf(false, from);
		const to = light < 0 ? row.length : light;
		path += penAt === undefined ? `M${from} ${y}.5h${to - from}` : `m${from - penAt} 0h${to - from}`;
		penAt = to;
		from = row.indexOf(true, to);
	}
	return path;
}
