/**
 * `npm run gallery [-- NAME …]`: starts the app with demo data, sends real campaigns through the simulator, and photographs
 * every page (or those whose name begins so) at 360 and 1280 px, light and dark, LTR and RTL, into ./gallery.
 */
import { fileURLToPath } from "node:url";
import { buildWeb } from "#bin/build/build-web.ts";
import { takeShots } from "../e2e/gallery/take-shots.ts";
import { writeIndex } from "../e2e/gallery/write-index.ts";
import { openStage } from "../e2e/harness/open-stage.ts";
import { setScenes } from "../e2e/harness/scenes.ts";
import { PAGES } from "../e2e/pages.ts";

const folder = fileURLToPath(new URL("../gallery/", import.meta.url));
const wanted = process.argv.slice(2);
const pages = PAGES.filter((page) => wanted.length === 0 || wanted.some((name) => page.name.startsWith(name)));

await buildWeb(console.log);
const on = await openStage();
try {
	console.log("Setting the scenes …");
	const scenes = await setScenes(on);
	await on.endVisits();
	const shots = await takeShots({
		on,
		pages,
		scenes,
		folder,
		onShot: ({ file, overflow, problems }) =>
			console.log(file, overflow > 0 ? `${overflow} px too wide` : "", problems.join("; ")),
	});
	console.log(`${shots.length} shots: ${writeIndex(folder, shots)}`);
	if (shots.some((shot) => shot.overflow > 0 || shot.problems.length > 0)) process.exitCode = 1;
} finally {
	await on.close();
}
