import { env } from "#app/lib/env.ts";

/** What a page shows of whom it comes from. */
export interface Brand {
	name: string;
}

/** The brand of the request's host; where no dealer's brand applies, the installation's own. */
export function brandFor(_request: Request): Brand {
	return { name: env().BRAND_NAME };
}
