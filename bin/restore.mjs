import { prepareCheckout } from "./prepare-checkout.mjs";
import { runPinned } from "./run-pinned.mjs";

await prepareCheckout();
await runPinned("bin/restore.ts");
