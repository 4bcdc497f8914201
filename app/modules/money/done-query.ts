import type { DoneMove } from "./save-move.server.ts";

/** What the address of a page of money says of what was just done: "?done=12&copies=2"; "" where there is nothing to say. */
export function doneQuery({ transferId, isOnTwo }: DoneMove): string {
	const said = [transferId === null ? "" : `done=${transferId}`, isOnTwo ? "copies=2" : ""].filter((one) => one !== "");
	return said.length > 0 ? `?${said.join("&")}` : "";
}
