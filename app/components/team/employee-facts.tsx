import { useT } from "#app/lib/page-context.ts";
import { Time } from "../time.tsx";

interface Person {
	login: string;
	email: string;
	phone: string;
	roleName: string | null;
	hasSecondFactor: boolean;
	createdAtUtc: number;
	seenAtUtc: number | null;
}

export function EmployeeFacts({ person }: { person: Person }) {
	const t = useT("team");
	return (
		<dl className="facts">
			<dt>{t("login")}</dt>
			<dd>
				<bdi>{person.login}</bdi>
			</dd>
			<dt>{t("role.title")}</dt>
			<dd>
				<bdi>{person.roleName ?? t("role.none")}</bdi>
			</dd>
			<dt>{t("email")}</dt>
			<dd>
				<bdi>{person.email || "–"}</bdi>
			</dd>
			<dt>{t("phone")}</dt>
			<dd>
				<bdi>{person.phone || "–"}</bdi>
			</dd>
			<dt>{t("second_factor.title")}</dt>
			<dd>{t(person.hasSecondFactor ? "second_factor.on" : "second_factor.off")}</dd>
			<dt>{t("created")}</dt>
			<dd>
				<Time atUtc={person.createdAtUtc} />
			</dd>
			<dt>{t("seen")}</dt>
			<dd>{person.seenAtUtc === null ? "–" : <Time atUtc={person.seenAtUtc} />}</dd>
		</dl>
	);
}
