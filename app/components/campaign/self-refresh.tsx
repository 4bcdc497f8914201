import refresh from "#app/enhance/refresh.js?url";
import { ScriptModule } from "../script-module.tsx";

/**
 * A page that changes while somebody looks: with a script its `<main>` is fetched anew in place, without one the browser loads the page
 * again.
 */
export function SelfRefresh({ seconds }: { seconds: number }) {
	return (
		<>
			<noscript>
				<meta httpEquiv="refresh" content={String(seconds)} />
			</noscript>
			<div data-refresh={seconds} hidden />
			<ScriptModule src={refresh} />
		</>
	);
}
