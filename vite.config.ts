import purgeCSSPlugin from "@fullhuman/postcss-purgecss";
import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import { cabinetRoutes } from "./bin/build/cabinet-routes.ts";
import { followSystemScheme } from "./bin/build/follow-system-scheme.ts";
import { precompress } from "./bin/build/precompress.ts";

declare module "@remix-run/node" {
	interface Future {
		v3_singleFetch: true;
	}
}

export default defineConfig(({ command }) => ({
	plugins: [
		remix({
			ignoredRouteFiles: ["**/*"],
			routes: cabinetRoutes,
			serverModuleFormat: "esm",
			future: {
				v3_fetcherPersist: true,
				v3_relativeSplatPath: true,
				v3_throwAbortReason: true,
				v3_singleFetch: true,
				v3_lazyRouteDiscovery: true,
				v3_routeConfig: false,
			},
		}),
		precompress(),
	],
	build: {
		// Inlined assets would need data: in the content security policy.
		assetsInlineLimit: 0,
		cssMinify: true,
	},
	css: {
		postcss: {
			plugins: [
				followSystemScheme(),
				...(command === "build"
					? [
							purgeCSSPlugin({
								content: [
									"./app/**/*.{ts,tsx}",
									"./node_modules/@mantine/core/esm/components/{Button,Input,InputBase,TextInput,Textarea,NativeSelect,Alert}/**/*.mjs",
									"./node_modules/@mantine/core/esm/components/UnstyledButton/*.mjs",
								],
								// Mantine puts its static class names together at run time.
								safelist: { standard: [/^data-/, /^dir$/, /^aria-/, /^mantine-/] },
							}),
						]
					: []),
			],
		},
	},
	ssr: {
		// Bundled and tree-shaken: Node would load some 700 files of it at every start.
		noExternal: [/^@mantine\//],
	},
}));
