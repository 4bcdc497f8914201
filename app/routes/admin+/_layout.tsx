import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet } from "@remix-run/react";
import { ErrorPage } from "#app/components/error-page.tsx";
import { Frame } from "#app/components/frame/frame.tsx";
import { requireActor } from "#app/modules/access/require-actor.server.ts";

export function loader({ request }: LoaderFunctionArgs) {
	requireActor(request, "admin");
	return null;
}

export default function AdminLayout() {
	return (
		<Frame>
			<Outlet />
		</Frame>
	);
}

export function ErrorBoundary() {
	return <ErrorPage />;
}
