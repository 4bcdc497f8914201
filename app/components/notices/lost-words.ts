import type { TFunction } from "i18next";
import { type AuditVerb, verbKey } from "#app/modules/audit/audit-verbs.ts";
import type { NoticeDetails } from "#app/modules/notices/notice.ts";

/** "What you saved at 10:02 was lost: Created a campaign · Spring." */
export function lostWords(
	t: TFunction,
	moment: (atUtc: number) => string,
	{ verb, name, amount, writtenAtUtc, more }: NoticeDetails["write.lost"],
): string {
	const parts = [
		t(`audit:${verbKey(verb as AuditVerb)}`),
		name && `\u2068${name}\u2069`,
		amount && t("audit:detail.amount", { value: amount }),
	];
	const what = parts.filter(Boolean).join(" · ");
	const text = t("text.write_lost", { at: moment(writtenAtUtc), what });
	return more > 0 ? `${text} ${t("text.write_lost_more", { count: more })}` : text;
}
