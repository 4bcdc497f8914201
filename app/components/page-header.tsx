import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

/**
 * A page's title with at most one primary action.
 *
 * `<PageHeader title={t("list.title")} action={<LinkButton to="new">{t("list.new")}</LinkButton>} />`
 * `<PageHeader title={campaign.name} isUserText back={{ to: "..", label: t("list.title") }} note={<StatusDot …/>} />`
 */
export function PageHeader(props: {
	title: ReactNode;
	/** The title was typed by a person: its direction is its own, its place the page's. */
	isUserText?: boolean;
	back?: { to: string; label: string };
	/** One quiet line beneath the title. */
	note?: ReactNode;
	action?: ReactNode;
}) {
	return (
		<div className="head">
			<div>
				{props.back && (
					<Link discover="none" className="back" to={props.back.to}>
						<span className="flip">←</span> {props.back.label}
					</Link>
				)}
				<h1>{props.isUserText ? <bdi>{props.title}</bdi> : props.title}</h1>
				{props.note && <div className="soft small">{props.note}</div>}
			</div>
			{props.action && <div className="row">{props.action}</div>}
		</div>
	);
}
