import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { RejectReason } from "#app/modules/audiences/audience.ts";
import { STOP_CHANNELS } from "#app/modules/stops/stop-reach.ts";
import { SubmitButton } from "../button.tsx";

/** What the list is narrowed by; sent as an address. */
export function StopSieve({ q, channel, flaw }: { q: string; channel: string; flaw: RejectReason | null }) {
	const t = useT("stops");
	const tc = useT("campaigns");
	const ta = useT("audiences");
	return (
		<form method="get" action="?" className="sieve tops">
			<div>
				<label className="label" htmlFor="stop-q">
					{t("number")}
				</label>
				<input
					id="stop-q"
					name="q"
					type="search"
					inputMode="tel"
					className="box"
					defaultValue={q}
					maxLength={100}
					aria-invalid={flaw ? true : undefined}
					aria-describedby={flaw ? "stop-q-error" : undefined}
				/>
				{flaw && (
					<p className="error" id="stop-q-error" role="alert">
						{ta(`reasons.${flaw}`)}
					</p>
				)}
			</div>
			<div>
				<label className="label" htmlFor="stop-channel">
					{t("reach.title")}
				</label>
				<select id="stop-channel" name="channel" className="box" defaultValue={channel}>
					<option value="">{t("filter.all")}</option>
					{STOP_CHANNELS.map((one) => (
						<option key={one} value={one}>
							{tc(`channel.${one}`)}
						</option>
					))}
				</select>
			</div>
			<SubmitButton weight="quiet">{t("filter.submit")}</SubmitButton>
			{(q !== "" || channel !== "") && (
				<Link discover="none" to="?">
					{t("filter.clear")}
				</Link>
			)}
		</form>
	);
}
