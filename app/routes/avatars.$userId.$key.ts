import type { LoaderFunctionArgs } from "@remix-run/node";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";
import { findAvatar } from "#app/modules/profile/find-avatar.server.ts";
import { readBooks } from "#db/tx.ts";

/** A person's picture; its address changes with its bytes. What every answer carries (nosniff, the policy) this one does, too. */
export function loader({ request, params }: LoaderFunctionArgs) {
	const signedIn = signedInBy(request);
	const found = signedIn && readBooks((tx) => findAvatar(tx, signedIn, Number(params.userId), params.key ?? ""));
	if (!found) throw new Response(null, { status: 404 });
	return new Response(new Uint8Array(found.bytes), {
		headers: { "Content-Type": found.type, "Cache-Control": "private, max-age=31536000, immutable" },
	});
}
