import type { ClosingObstacle } from "./closing-obstacles.server.ts";

/** The account cannot be closed as it is. */
export class ClosingObstructedError extends Error {
	override name = "ClosingObstructedError";
	readonly obstacles: ClosingObstacle[];
	constructor(obstacles: ClosingObstacle[]) {
		super(`in the way: ${obstacles.map(({ kind }) => kind).join(", ")}`);
		this.obstacles = obstacles;
	}
}

/** What was typed to confirm is not the login of the account's owner. */
export class OtherLoginError extends Error {
	override name = "OtherLoginError";
}
