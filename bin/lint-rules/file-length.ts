import { isTest, type Rule } from "./rule.ts";

const LINES_MAX = 350;
const TEST_LINES_MAX = 500;

/**
 * The story: `service.server.ts` of a well-known tenant product grew to 14,908 lines, because each change was small; nobody
 * saw any more which of its functions forgot the tenant. A file that may not pass 350 lines is split while that is still easy.
 */
export const fileLength: Rule = {
	name: "file-length",
	check(files) {
		return files
			.filter((file) => /\.(ts|tsx|mjs|js|css)$/.test(file.path))
			.flatMap((file) => {
				const lines = file.text.split("\n").length - (file.text.endsWith("\n") ? 1 : 0);
				const max = isTest(file.path) ? TEST_LINES_MAX : LINES_MAX;
				return lines > max
					? [{ path: file.path, line: max, message: `${lines} lines, ${max} at most: split by verb` }]
					: [];
			});
	},
};
