import { prepareCheckout } from "./prepare-checkout.mjs";
import { runPinned } from "./run-pinned.mjs";

await prepareCheckout();
process.env.PROCESS_NAME ??= "sender";
await runPinned("jobs/sender.ts");
