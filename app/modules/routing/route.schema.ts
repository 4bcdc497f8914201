import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { CONTENT_KINDS } from "./content-kinds.ts";
import { countryField } from "./country-field.ts";

/** Tiers of one route: with ten active providers there is no use for more. */
export const TIER_MAX = 10;
export const WEIGHT_MAX = 1_000;

/** A provider's line in the form: without an order it has no part in the route. */
const step = z.object({
	providerId: z.coerce.number().int(),
	tier: z.coerce
		.number("routing:error.tier")
		.int("routing:error.tier")
		.min(1, "routing:error.tier")
		.max(TIER_MAX, "routing:error.tier")
		.optional(),
	weight: z.coerce
		.number(issue("routing:error.weight", { max: WEIGHT_MAX }))
		.int(issue("routing:error.weight", { max: WEIGHT_MAX }))
		.min(1, issue("routing:error.weight", { max: WEIGHT_MAX }))
		.max(WEIGHT_MAX, issue("routing:error.weight", { max: WEIGHT_MAX }))
		.default(1),
});

/** A route's form. The channel is chosen before. */
export const routeSchema = z
	.object({
		/** Login or id; "": everybody. */
		account: z.string().trim().max(100, issue("routing:error.account")).default(""),
		country: countryField,
		kind: z.enum(["", ...CONTENT_KINDS], "routing:error.kind").default(""),
		steps: z.array(step).max(100).default([]),
	})
	.transform(({ steps, ...rest }) => ({
		...rest,
		steps: steps.flatMap(({ tier, ...one }) => (tier === undefined ? [] : [{ ...one, tier }])),
	}))
	.superRefine(({ steps }, context) => {
		if (steps.length === 0) context.addIssue({ code: "custom", path: [], message: "routing:error.no_provider" });
		const ids = steps.map(({ providerId }) => providerId);
		if (new Set(ids).size < ids.length)
			context.addIssue({ code: "custom", path: [], message: "routing:error.provider_twice" });
	});

export type RouteInput = z.output<typeof routeSchema>;
