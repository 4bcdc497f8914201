import { Link } from "@remix-run/react";

/** A name that somebody has typed, leading to what is called so: `<NameLink to={path("accounts/7")}>{account.name}</NameLink>` */
export function NameLink({ to, children }: { to: string; children: string }) {
	return (
		<Link discover="none" to={to}>
			<bdi>{children}</bdi>
		</Link>
	);
}
