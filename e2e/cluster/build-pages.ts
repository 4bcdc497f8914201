import { buildWeb } from "#bin/build/build-web.ts";

/** Vitest's global set-up: the nodes serve the pages of the sources as they are now. */
export default function buildPages(): Promise<void> {
	return buildWeb(() => {});
}
