import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { Alert } from "../alert.tsx";

/** How an employee is by now, where another has changed it since the form was opened. */
export function EmployeeNow({
	now,
}: {
	now: Record<"name" | "email" | "phone", string> & { roleName: string | null };
}) {
	const t = useT("team");
	const lines = [
		[t("name"), now.name],
		[t("email"), now.email],
		[t("phone"), now.phone],
		[t("role.title"), now.roleName],
	];
	return (
		<Alert tone="warn" title={translateIssue(t, "team:error.changed")}>
			<ul>
				{lines.map(([label, value]) => (
					<li key={label}>
						{label}: <bdi>{value || "–"}</bdi>
					</li>
				))}
			</ul>
			<p>{t("now.again")}</p>
		</Alert>
	);
}
