import { z } from "zod";
import type { ChannelAdapter } from "#app/channels/channel.ts";

/** One field of an adapter's settings as a form shows it. Its words are `providers:setting.<name>`. */
export interface SettingField {
	name: string;
	/** Never shown again; left empty it stays as it is. */
	isSecret: boolean;
}

/** The form of an adapter's settings, made from its schema. */
export function settingFields(adapter: Pick<ChannelAdapter<unknown>, "settings">): SettingField[] {
	return Object.entries(shapeOf(adapter)).map(([name, field]) => ({ name, isSecret: field.meta()?.isSecret === true }));
}

/** @throws Error for an adapter whose settings are no zod object: a defect of the adapter. */
function shapeOf({ settings }: Pick<ChannelAdapter<unknown>, "settings">): Record<string, z.ZodType> {
	if (!(settings instanceof z.ZodObject)) throw new Error("an adapter's settings are a zod object");
	return settings.shape as Record<string, z.ZodType>;
}
