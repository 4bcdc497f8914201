import { data, type LoaderFunctionArgs } from "@remix-run/node";
import { FORM_MAX_BYTES } from "#app/lib/form-limit.ts";
import { formatBytes } from "#app/lib/format.ts";
import { localeOf } from "#app/modules/access/page-settings.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";

const SHOWN = [400, 403, 413, 503, 504];

/** What server.ts shows where it refuses a request before any page sees it (app/server/show-error.ts). */
export function loader({ request, params }: LoaderFunctionArgs) {
	const status = Number(params.status);
	const limit = formatBytes(localeOf(request, signedInBy(request)), FORM_MAX_BYTES);
	throw data({ limit }, { status: SHOWN.includes(status) ? status : 404 });
}

export default function Nothing() {
	return null;
}
