import { useForm } from "@conform-to/react";
import { LOCALE_NAMES, LOCALES } from "#app/lib/locale.ts";
import { useT } from "#app/lib/page-context.ts";
import type { Profile } from "#app/modules/profile/get-profile.server.ts";
import { AVATAR_MAX_BYTES, EMAIL_MAX, NAME_MAX, PHONE_MAX, ZONE_MAX } from "#app/modules/profile/profile.schema.ts";
import type { FailedProfile } from "#app/modules/profile/submit-profile.server.ts";
import { Avatar } from "../avatar.tsx";
import { SubmitButton } from "../button.tsx";
import { ErrorSummary } from "../error-summary.tsx";
import { SelectField, TextField } from "../field.tsx";
import { FileField } from "../file-field.tsx";
import { PostForm } from "../post-form.tsx";
import { NoticeChoices } from "./notice-choices.tsx";

/** The picture comes last: a server that reads on the way knows all else before it. */
export function ProfileForm({ profile, failed }: { profile: Profile; failed: FailedProfile | undefined }) {
	const t = useT("settings");
	const values = failed?.values ?? {
		name: profile.name,
		email: profile.email,
		phone: profile.phone,
		timeZone: profile.timeZone ?? "",
		locale: profile.locale ?? "",
		version: String(profile.version),
	};
	const [form, fields] = useForm<Record<"name" | "email" | "phone" | "timeZone" | "locale" | "avatar", string>>({
		id: "profile",
		defaultValue: values,
		lastResult: failed ? { status: "error", initialValue: values, error: failed.errors } : null,
	});
	return (
		<PostForm encType="multipart/form-data" className="form" id={form.id} noValidate>
			<ErrorSummary form={form} />
			<input type="hidden" name="version" value={values.version} />
			<TextField
				field={fields.name}
				label={t("profile.name")}
				autoComplete="name"
				maxLength={NAME_MAX}
				isUserText
				isRequired
			/>
			<TextField
				field={fields.email}
				label={t("profile.email")}
				type="email"
				autoComplete="email"
				maxLength={EMAIL_MAX}
			/>
			<TextField field={fields.phone} label={t("profile.phone")} type="tel" autoComplete="tel" maxLength={PHONE_MAX} />
			<SelectField
				field={fields.locale}
				label={t("profile.locale")}
				options={[
					{ value: "", label: t("profile.locale_browser") },
					...LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] })),
				]}
			/>
			<TextField
				field={fields.timeZone}
				label={t("profile.time_zone")}
				help={t("profile.time_zone_help", { zone: profile.accountTimeZone })}
				maxLength={ZONE_MAX}
			/>
			<NoticeChoices muted={profile.muted} chosen={failed?.values} />
			{profile.avatarKey && (
				<div className="row">
					<Avatar of={profile} size={96} />
					<label className="choice">
						<input type="checkbox" name="forgetAvatar" defaultChecked={failed?.values.forgetAvatar !== undefined} />
						<span>{t("profile.forget_avatar")}</span>
					</label>
				</div>
			)}
			<FileField
				field={fields.avatar}
				label={profile.avatarKey ? t("profile.avatar_other") : t("profile.avatar")}
				help={t("profile.avatar_help", { megabytes: AVATAR_MAX_BYTES / 1024 ** 2 })}
				accept="image/jpeg,image/png,image/webp,image/gif"
			/>
			<SubmitButton>{t("profile.submit")}</SubmitButton>
		</PostForm>
	);
}
