import { get } from "node:http";
import { onRoleChange } from "#db/cluster/on-role-change.ts";
import { primaryUrl } from "#db/cluster/primary-url.ts";

const ANSWER_WITHIN_MS = 2_000;
const AGAIN_MS = 1_000;

/**
 * Watches a node that owes an answer: calls `onDead`, once, where it does not lead any more and does not even say that it lives. One that has given
 * the books away answers yet, however long that takes; one whose machine is gone may leave its connections open for a quarter of an hour.
 *
 * @param url of its web.
 */
export function watchHop(url: string, onDead: () => void): { stop(): void } {
	let isOver = false;
	let isLooking = false;
	let timer: NodeJS.Timeout | undefined;
	const look = async () => {
		if (isLooking || isOver || primaryUrl() === url) return;
		isLooking = true;
		clearTimeout(timer);
		const lives = await isAlive(url);
		isLooking = false;
		if (isOver) return;
		if (lives || primaryUrl() === url) timer = setTimeout(look, AGAIN_MS);
		else {
			stop();
			onDead();
		}
	};
	const forget = onRoleChange(look);
	const stop = () => {
		isOver = true;
		clearTimeout(timer);
		forget();
	};
	return { stop };
}

function isAlive(url: string): Promise<boolean> {
	return new Promise((resolve) => {
		// A connection of its own: the others may be those whose packets vanish.
		const asked = get(`${url}/healthz`, { agent: false }, (answer) => {
			answer.resume();
			end(true);
		});
		const late = setTimeout(() => asked.destroy(new Error("no answer")), ANSWER_WITHIN_MS);
		const end = (lives: boolean) => {
			clearTimeout(late);
			resolve(lives);
		};
		asked.on("error", () => end(false));
	});
}
