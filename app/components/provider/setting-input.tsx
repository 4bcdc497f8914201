import type { ReactNode } from "react";
import { useT } from "#app/lib/page-context.ts";
import type { SettingField } from "#app/modules/providers/setting-fields.ts";
import { SelectField, TextAreaField, TextField } from "../field.tsx";
import type { FormField } from "../form-field.ts";

/** Settings that follow each other under one heading. */
export function groupsOf(settings: SettingField[]): { group: string | undefined; members: SettingField[] }[] {
	const groups: { group: string | undefined; members: SettingField[] }[] = [];
	for (const setting of settings) {
		const last = groups.at(-1);
		if (last && last.group === setting.group) last.members.push(setting);
		else groups.push({ group: setting.group, members: [setting] });
	}
	return groups;
}

export function SettingGroup({ group, children }: { group: string | undefined; children: ReactNode }) {
	const t = useT("providers");
	return (
		<>
			{group && <h2>{t(`setting_group.${group}` as "setting_group.request")}</h2>}
			{children}
		</>
	);
}

/** One setting of an adapter, shown as its schema says. */
export function SettingInput({ setting, field, isNew }: { setting: SettingField; field: FormField; isNew: boolean }) {
	const t = useT("providers");
	const { name, isSecret, isOptional, rows, options, hasHelp } = setting;
	const help = [
		// They speak of {{fields}} that are written just so.
		hasHelp && t(`setting_help.${name}` as "setting_help.templateName", { skipInterpolation: true }),
		isSecret && !isNew && t("secret_kept"),
	].filter(Boolean);
	const common = {
		field,
		label: t(`setting.${name}` as "setting.baseUrl"),
		help: help.length > 0 ? help.join(" ") : undefined,
		isRequired: !isOptional && (!isSecret || isNew),
	};
	if (options) {
		const words = (option: string) =>
			t(`setting_option.${name}.${option}` as "setting_option.method.POST", { skipInterpolation: true });
		return <SelectField {...common} options={options.map((value) => ({ value, label: words(value) }))} />;
	}
	if (rows && !isSecret) return <TextAreaField {...common} rows={rows} isCode />;
	return <TextField {...common} type={isSecret ? "password" : "text"} autoComplete="off" />;
}
