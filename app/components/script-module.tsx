import { usePage } from "#app/lib/page-context.ts";

/**
 * A small enhancement (1–3 KB) that a page works without:
 * `import live from "#app/enhance/live.ts?worker&url"; … <ScriptModule src={live} />`. It finds its elements by data attributes.
 */
export function ScriptModule({ src }: { src: string }) {
	return <script type="module" src={src} nonce={usePage().nonce} async />;
}
