import { usePage } from "#app/lib/page-context.ts";

/**
 * A small enhancement (1–3 KB) that a page works without:
 * `import live from "#app/enhance/live.js?url"; … <ScriptModule src={live} />`. Plain JavaScript that finds its elements by data
 * attributes: it is served as it stands.
 */
export function ScriptModule({ src }: { src: string }) {
	return <script type="module" src={src} nonce={usePage().nonce} async />;
}
