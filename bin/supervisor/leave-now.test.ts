import { expect, it } from "vitest";
import { leaveNow } from "./leave-now.ts";

/** One that ends when it is told to, or hears nothing until it is killed. */
function child(name: string, story: string[], isDeaf: boolean) {
	let end: () => void;
	const gone = new Promise<void>((resolve) => {
		end = resolve;
	});
	return {
		stop() {
			story.push(`${name} is told`);
			if (!isDeaf) end();
			return gone;
		},
		kill() {
			story.push(`${name} is killed`);
			end();
		},
	};
}

it("tells all of them at once, and does not wait for one that sleeps", async () => {
	const story: string[] = [];
	await leaveNow([child("web", story, true), child("sidecar", story, true)]);
	expect(story).toEqual(["web is told", "sidecar is told", "web is killed", "sidecar is killed"]);
});

it("kills nobody that ends by itself", async () => {
	const story: string[] = [];
	await leaveNow([child("web", story, false), child("sidecar", story, false)]);
	expect(story).toEqual(["web is told", "sidecar is told"]);
});
