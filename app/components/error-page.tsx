import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { usePage, useT } from "#app/lib/page-context.ts";
import { readRefusal } from "#app/modules/access/refusal.ts";
import { LinkButton } from "./button.tsx";
import { Frame } from "./frame/frame.tsx";
import { RefusalText } from "./frame/refusal-text.tsx";

const KNOWN = [400, 403, 404, 405, 409, 410, 413, 429, 503, 504] as const;

/** What went wrong and what to do now, in the frame of whoever is signed in. */
export function ErrorPage() {
	const t = useT("errors");
	const error = useRouteError();
	const { unavailable } = usePage();
	const status = unavailable ?? (isRouteErrorResponse(error) ? error.status : 500);
	const kind = KNOWN.find((one) => one === status) ?? 500;
	const why = isRouteErrorResponse(error) ? readRefusal(error.data) : undefined;
	const limit = isRouteErrorResponse(error) && typeof error.data === "object" ? (error.data?.limit as string) : "";
	return (
		<Frame>
			<div className="stack">
				{why ? (
					<RefusalText why={why} />
				) : (
					<>
						<h1>{t(`page.${kind}.title`)}</h1>
						<p>{t(`page.${kind}.text`, { limit })}</p>
					</>
				)}
				<p>
					<LinkButton to="/" weight="quiet">
						{t("page.home")}
					</LinkButton>
				</p>
				<p className="soft small">{t("page.status", { status })}</p>
			</div>
		</Frame>
	);
}
