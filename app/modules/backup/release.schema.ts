import { z } from "zod";
import { WIRE_WORDS } from "./hold.ts";

/** The form that releases a restored copy. */
export const releaseForm = z.object({
	wire: z.enum(WIRE_WORDS, { error: "backups:held.wire_missing" }),
	stopped: z.literal("on", { error: "backups:held.stopped_missing" }),
});
