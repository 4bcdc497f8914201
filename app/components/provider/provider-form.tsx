import { getFormProps, useForm } from "@conform-to/react";
import type { ReactNode } from "react";
import type { FormReply } from "#app/lib/form-reply.ts";
import { useT } from "#app/lib/page-context.ts";
import { CONNECTIONS_MAX, PROVIDER_NAME_MAX, type ProviderInput } from "#app/modules/providers/provider.schema.ts";
import type { SettingField } from "#app/modules/providers/setting-fields.ts";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { TextField } from "../field.tsx";
import { PostForm } from "../post-form.tsx";
import { groupsOf, SettingGroup, SettingInput } from "./setting-input.tsx";

/** Name, limits and the settings of one adapter. Secrets are never filled in: an empty one stays as it is. */
export function ProviderForm(props: {
	fields: SettingField[];
	/** Recipients in one call at most. */
	bulkMax: number;
	values: { name: string; bulkSize: number; connections: number; settings: Record<string, string> };
	isNew: boolean;
	/** Marks of what a connected provider's page shows. */
	seen?: Record<string, string>;
	lastResult: FormReply | undefined;
	children: ReactNode;
}) {
	const t = useT("providers");
	const { fields: settings, bulkMax, values, isNew, lastResult } = props;
	const defaultValue = { ...values, bulkSize: String(values.bulkSize), connections: String(values.connections) };
	const [form, fields] = useForm<ProviderInput>({ id: "provider", lastResult, defaultValue });
	const ofSettings = fields.settings.getFieldset();
	return (
		<PostForm className="form" {...getFormProps(form)}>
			<ErrorSummary form={form} />
			{props.seen && <input type="hidden" name="seen" value={JSON.stringify(props.seen)} />}
			<TextField field={fields.name} label={t("name")} maxLength={PROVIDER_NAME_MAX} isRequired isUserText />
			{groupsOf(settings).map(({ group, members }) => (
				<SettingGroup key={group ?? ""} group={group}>
					{members.map((setting) => (
						<SettingInput key={setting.name} setting={setting} field={ofSettings[setting.name]!} isNew={isNew} />
					))}
				</SettingGroup>
			))}
			<TextField
				field={fields.bulkSize}
				label={t("bulk_size")}
				help={t("up_to", { max: bulkMax })}
				inputMode="numeric"
				isRequired
			/>
			<TextField
				field={fields.connections}
				label={t("connections")}
				help={t("up_to", { max: CONNECTIONS_MAX })}
				inputMode="numeric"
				isRequired
			/>
			<div className="row">
				<SubmitButton name="intent" value="save">
					{props.children}
				</SubmitButton>
			</div>
		</PostForm>
	);
}
