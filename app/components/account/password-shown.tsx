import { useT } from "#app/lib/page-context.ts";
import { Alert } from "../alert.tsx";
import { LinkButton } from "../button.tsx";

/** A password that was made for somebody: this page is the only place where it is ever seen. */
export function PasswordShown(props: { login: string; password: string; to: string; children?: React.ReactNode }) {
	const t = useT("accounts");
	return (
		<>
			<Alert tone="warn" title={t("made.title")}>
				{t("made.once")}
			</Alert>
			<dl className="facts">
				<dt>{t("login")}</dt>
				<dd>
					<bdi>{props.login}</bdi>
				</dd>
				<dt>{t("password")}</dt>
				<dd>
					<code dir="ltr">{props.password}</code>
				</dd>
			</dl>
			<div className="row">
				<LinkButton to={props.to}>{t("made.done")}</LinkButton>
				{props.children}
			</div>
		</>
	);
}
