import type { ReactNode } from "react";

/** Nothing here yet, and what to do next: `<EmptyState title="No campaigns yet" action={<LinkButton …/>}>Write one …</EmptyState>`. */
export function EmptyState(props: { title: string; children?: ReactNode; action?: ReactNode }) {
	return (
		<div className="empty">
			<h2>{props.title}</h2>
			{props.children && <p>{props.children}</p>}
			{props.action}
		</div>
	);
}
