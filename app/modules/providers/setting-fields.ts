import { z } from "zod";
import type { ChannelAdapter } from "#app/channels/channel.ts";

/** What an adapter's schema may say of a setting, by `.meta(…)`: how the form shows it. */
export interface SettingMeta {
	/** Never shown again; left empty it stays as it is. */
	isSecret?: boolean;
	/** What stands in the form of a new provider. */
	standard?: string;
	/** Lines of a text area; without it: one line. */
	rows?: number;
	/** One of these; their words are `providers:setting_option.<name>.<option>`. */
	options?: readonly string[];
	/** There are words on how to fill it in: `providers:setting_help.<name>`. */
	hasHelp?: boolean;
	/** Shown under this heading, `providers:setting_group.<group>`. */
	group?: string;
}

/** One field of an adapter's settings as a form shows it. Its words are `providers:setting.<name>`. */
export interface SettingField extends SettingMeta {
	name: string;
	isSecret: boolean;
	/** May be left empty. */
	isOptional: boolean;
}

/** The form of an adapter's settings, made from its schema. */
export function settingFields(adapter: Pick<ChannelAdapter<unknown>, "settings">): SettingField[] {
	return Object.entries(shapeOf(adapter)).map(([name, field]) => {
		const { isSecret = false, ...meta } = (field.meta() ?? {}) as SettingMeta;
		const isOptional = field.safeParse("").success;
		return { ...meta, name, isSecret, isOptional };
	});
}

/** What stands in the fields of a new provider. */
export function standardSettings(fields: SettingField[]): Record<string, string> {
	return Object.fromEntries(fields.map(({ name, standard = "" }) => [name, standard]));
}

/** @throws Error for an adapter whose settings are no zod object: a defect of the adapter. */
function shapeOf({ settings }: Pick<ChannelAdapter<unknown>, "settings">): Record<string, z.ZodType> {
	if (!(settings instanceof z.ZodObject)) throw new Error("an adapter's settings are a zod object");
	return settings.shape as Record<string, z.ZodType>;
}
