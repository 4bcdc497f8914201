import type { ReactNode } from "react";

/** Text as a machine wrote it, in a box that scrolls when it is long: a stop of the keyboard, or nobody without a mouse could read on. */
export function RawText({ label, children }: { label: string; children: ReactNode }) {
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls.
		<section className="raw" dir="ltr" tabIndex={0} aria-label={label}>
			{children}
		</section>
	);
}
