/** By what stands in the header; the first that fits. Those built on another name that one, too, and come before it. */
const BROWSERS: [name: string, mark: RegExp][] = [
	["Edge", /\bEdg(e|A|iOS)?\//],
	["Opera", /\b(OPR|Opera|OPiOS|OPT)\b/],
	["Yandex", /\bYaBrowser\//],
	["Samsung Internet", /\bSamsungBrowser\//],
	["UC Browser", /\bUC ?Browser\//],
	["Firefox", /\b(Firefox|FxiOS)\//],
	["Chrome", /\b(Chrome|CriOS|Chromium|HeadlessChrome)\//],
	["Safari", /\bVersion\/[\d.]+ .*Safari\//],
];

const SYSTEMS: [name: string, mark: RegExp][] = [
	["Android", /\bAndroid\b/],
	["iPhone", /\biPhone\b/],
	["iPad", /\biPad\b/],
	["KaiOS", /\bKAIOS\b/],
	["Windows", /\bWindows\b/],
	["macOS", /\bMac OS X\b/],
	["ChromeOS", /\bCrOS\b/],
	["Linux", /\bLinux\b/],
];

export interface BrowserName {
	/** "Chrome"; empty: none that we know. */
	browser: string;
	/** "Android"; empty: none that we know. */
	system: string;
}

/** A User-Agent header in the names that people know. It says what it likes: a hint, never a proof. */
export function browserName(userAgent: string): BrowserName {
	const nameOf = (all: [string, RegExp][]) => all.find(([, mark]) => mark.test(userAgent))?.[0] ?? "";
	return { browser: nameOf(BROWSERS), system: nameOf(SYSTEMS) };
}
