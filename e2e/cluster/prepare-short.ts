import { buildTool, whyNoCluster } from "./build-tools.ts";

/** `npm test` asks it early: what the short form of the cluster's tests needs is found, installed or built, or said to be missing. */
const reason = whyNoCluster("short");
if (!reason) buildTool("litefs");
else console.log(`No cluster can run here: ${reason}`);
process.exit(reason && isDemanded() ? 1 : 0);

/** Elsewhere a developer's machine may lack it. */
function isDemanded(): boolean {
	return /^(true|1)$/i.test(process.env.CI ?? "");
}
