import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { CHANNELS, CONTENT_KINDS } from "./content-kinds.ts";

const TYPED_MAX = 100;

/** The dry run's form, as it stands in the address. */
export const dryRunSchema = z.object({
	number: z.string("routing:error.number").trim().min(1, "routing:error.number").max(TYPED_MAX, "routing:error.number"),
	/** Login or id; "": the actor's own. */
	account: z.string().trim().max(TYPED_MAX, issue("routing:error.account")).default(""),
	channel: z.enum(CHANNELS, "routing:error.channel"),
	kind: z.enum(CONTENT_KINDS, "routing:error.kind"),
});

export type DryRunInput = z.output<typeof dryRunSchema>;
