import postcss, { type PluginCreator, type Rule } from "postcss";

const CHOSEN = /\[data-mantine-color-scheme=(['"]?)(dark|light)\1\]/g;

/**
 * Mantine's style sheets know "dark" and "light" only, and set them by script for people who follow their system. Without
 * script, every rule for a chosen scheme is said once more for "auto" under prefers-color-scheme.
 */
export const followSystemScheme: PluginCreator<void> = () => ({
	postcssPlugin: "follow-system-scheme",
	OnceExit(root) {
		const found: { rule: Rule; scheme: string }[] = [];
		root.walkRules((rule) => {
			const match = [...rule.selector.matchAll(CHOSEN)][0];
			if (match) found.push({ rule, scheme: match[2]! });
		});
		for (const { rule, scheme } of found) {
			const copy = rule.clone({ selector: rule.selector.replaceAll(CHOSEN, "[data-mantine-color-scheme='auto']") });
			const media = postcss.atRule({ name: "media", params: `(prefers-color-scheme: ${scheme})` });
			media.append(copy);
			rule.after(media);
		}
	},
});
followSystemScheme.postcss = true;
