import { onStep } from "./on-step.ts";
import { type Position, position } from "./position.ts";

/** For what no event tells of: LiteFS's stream may be broken for a moment. */
const LOOK_MS = 25;

/** Resolves with true once this node's books are at or beyond `wanted`, by the number alone, with false after `withinMs`. */
export function waitForPosition(wanted: Pick<Position, "txid">, withinMs: number): Promise<boolean> {
	const isThere = () => (position()?.txid ?? 0) >= wanted.txid;
	if (isThere()) return Promise.resolve(true);
	return new Promise((resolve) => {
		const end = (is: boolean) => {
			clearInterval(timer);
			clearTimeout(late);
			forget();
			resolve(is);
		};
		const look = () => {
			if (isThere()) end(true);
		};
		const late = setTimeout(() => end(isThere()), withinMs);
		const timer = setInterval(look, LOOK_MS);
		const forget = onStep((txid) => {
			if (txid >= wanted.txid) look();
		});
	});
}
