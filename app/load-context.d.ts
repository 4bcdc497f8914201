import "@remix-run/node";

declare module "@remix-run/node" {
	/** What server.ts hands to every loader and action. */
	interface AppLoadContext {
		/** For <style> and <script>. */
		nonce: string;
		/** The visitor's, by the proxies that may be believed. */
		address: string;
		/** Set where the books could not be written just now (503), or nobody knows whether they were (504). */
		unavailable?: 503 | 504;
	}
}
