import { type SubmissionResult, useForm } from "@conform-to/react";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import type { Right } from "#app/modules/access/rights.ts";
import type { RoleValues } from "#app/modules/team/get-role-page.server.ts";
import type { RoleChange } from "#app/modules/team/role-changes.ts";
import { Alert } from "../alert.tsx";
import { SubmitButton } from "../button.tsx";
import { ChoiceField } from "../choice-field.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextAreaField, TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";
import { useRightName } from "./right-name.ts";
import { RightsTable } from "./rights-table.tsx";

export interface RoleFormData {
	values: RoleValues;
	lost: readonly Right[];
	grantable: readonly Right[];
	/** Of accounts below there are some to be limited to. */
	hasAccounts: boolean;
	/** What the page shows; undefined for a new role. */
	version?: number;
	lastResult?: SubmissionResult;
	/** What another has saved meanwhile. */
	changes?: RoleChange[];
}

/** The form of a new role and of one that is changed. */
export function RoleForm(
	props: RoleFormData & { submit: string /** "?index" where the page is an index route. */; action?: string },
) {
	const t = useT("team");
	const { values, lastResult, changes } = props;
	const [form, fields] = useForm<{ name: string; reach: string; only: string }>({
		id: "role",
		defaultValue: { name: values.name, reach: values.reach, only: values.only },
		lastResult,
	});
	return (
		<PostForm className="form" id={form.id} action={props.action} noValidate>
			{changes ? <Changes changes={changes} /> : <ErrorSummary form={form} />}
			{props.version !== undefined && <input type="hidden" name="version" value={props.version} />}
			<TextField field={fields.name} label={t("role.name")} isUserText isRequired />
			<RightsTable checked={values.rights} lost={props.lost} grantable={props.grantable} />
			<p className="help">{t("rights.reading")}</p>
			{props.hasAccounts && (
				<>
					<ChoiceField
						field={fields.reach}
						legend={t("reach.title")}
						standard="all"
						options={[
							{ value: "all", label: t("reach.all") },
							{ value: "only", label: t("reach.only") },
						]}
					/>
					<TextAreaField field={fields.only} label={t("reach.accounts")} help={t("reach.help")} rows={4} isCode />
				</>
			)}
			<div>
				<SubmitButton>{props.submit}</SubmitButton>
			</div>
		</PostForm>
	);
}

/** How the role is by now, where the form says otherwise. */
function Changes({ changes }: { changes: RoleChange[] }) {
	const t = useT("team");
	const nameOf = useRightName();
	const line = (change: RoleChange): string => {
		if ("right" in change) return t(`now.${change.what}`, { right: nameOf(change.right) });
		if (change.what === "all") return t("now.all");
		return t(`now.${change.what}`, { now: change.now });
	};
	return (
		<Alert tone="warn" title={translateIssue(t, "team:error.changed")}>
			{changes.length === 0 ? (
				t("now.same")
			) : (
				<ul>
					{changes.map((change) => (
						<li key={line(change)}>{line(change)}</li>
					))}
				</ul>
			)}
			<p>{t("now.again")}</p>
		</Alert>
	);
}
