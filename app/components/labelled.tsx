import type { ReactNode } from "react";

/** A control of a filter under its label. */
export function Labelled({
	id,
	label,
	isWide,
	children,
}: {
	/** Of the control. */
	id: string;
	label: string;
	isWide?: boolean;
	children: ReactNode;
}) {
	return (
		<div className={isWide ? "wide" : undefined}>
			<label className="label" htmlFor={id}>
				{label}
			</label>
			{children}
		</div>
	);
}
