import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const WORTH_IT = /\.(js|css|svg|json|txt)$/;

/** Puts .br and .gz beside each text file of the client's build, so that nothing is compressed while people wait. */
export function precompress(): Plugin {
	let folder = "";
	return {
		name: "precompress",
		apply: "build",
		configResolved(config) {
			folder = config.build.ssr ? "" : config.build.outDir;
		},
		closeBundle() {
			if (!folder) return;
			for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
				if (!entry.isFile() || !WORTH_IT.test(entry.name)) continue;
				const path = join(entry.parentPath, entry.name);
				const bytes = readFileSync(path);
				const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
				writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
				writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
			}
		},
	};
}
