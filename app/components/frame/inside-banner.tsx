import { useT } from "#app/lib/page-context.ts";
import { PostForm } from "../post-form.tsx";
import { Time } from "../time.tsx";
import type { Viewer } from "./root-data.ts";

/** Above every page of a cabinet that was entered: whose it is, who is here, until when, and the way back. */
export function InsideBanner({ viewer: { inside, lapsed, accountName } }: { viewer: Viewer }) {
	const t = useT("enter");
	return (
		<>
			{lapsed && (
				<aside className="inside" aria-label={t("banner.label_over")}>
					<p role="status">
						<b>{t("banner.over", { name: lapsed.accountName })}</b> {t("banner.over_text")}
					</p>
					<LeaveButton from={lapsed.id}>{t("banner.understood")}</LeaveButton>
				</aside>
			)}
			{inside && (
				<aside className="inside" aria-label={t("banner.label")}>
					<p role="status">
						<b>{t("banner.where", { name: accountName })}</b> {t("banner.who", { home: inside.homeName })} ·{" "}
						{t("banner.until")} <Time atUtc={inside.endsAtUtc} style="time" />
						{inside.isReadOnly && ` · ${t("banner.read_only")}`}
					</p>
					<LeaveButton from={inside.id}>{t("banner.back", { name: inside.outerName })}</LeaveButton>
				</aside>
			)}
		</>
	);
}

function LeaveButton({ from, children }: { from: number; children: string }) {
	return (
		<PostForm action="/leave">
			<button type="submit" name="from" value={from}>
				{children}
			</button>
		</PostForm>
	);
}
