import { buildTool, whyNoCluster } from "./build-tools.ts";

/**
 * `npm test` runs it early: what the short form of the cluster's tests needs is found, installed or built. Exit code 0: it can run;
 * 3: it cannot, and this is no machine where it must; 1: it must.
 */
const reason = whyNoCluster("short");
const isDemanded = /^(true|1)$/i.test(process.env.CI ?? "");
if (reason) {
	console.log(`${isDemanded ? "CI=true, and no" : "No"} cluster can run here: ${reason}`);
	process.exit(isDemanded ? 1 : 3);
}
buildTool("litefs");
