import type { Receipt } from "#app/channels/channel.ts";
import { useT } from "#app/lib/page-context.ts";
import type { Rehearsal } from "#app/modules/providers/rehearse-provider.server.ts";
import { Alert } from "../alert.tsx";
import { RawText } from "../raw-text.tsx";
import { Time } from "../time.tsx";

/** What would be sent, and what was made of the pasted answer and report. */
export function RehearsalResult({ rehearsal }: { rehearsal: Rehearsal }) {
	const t = useT("rehearse");
	const { request, result, receipts } = rehearsal;
	return (
		<section className="stack" aria-label={t("result")} role="status">
			<h2>{t("request")}</h2>
			{request ? (
				<RawText label={t("request")}>
					{[`${request.method} ${request.url}`, ...Object.entries(request.headers).map((one) => one.join(": "))].join(
						"\n",
					)}
					{request.body ? `\n\n${request.body}` : ""}
				</RawText>
			) : (
				<p>{t("no_request")}</p>
			)}
			{result && <Meaning result={result} />}
			{receipts === "rubbish" && <Alert tone="bad">{t("rubbish")}</Alert>}
			{Array.isArray(receipts) && <Reports receipts={receipts} />}
		</section>
	);
}

function Meaning({ result }: { result: NonNullable<Rehearsal["result"]> }) {
	const t = useT("rehearse");
	const tc = useT("causes");
	return (
		<Alert tone={result.type === "accepted" ? "good" : "bad"} title={t(`outcome.${result.type}`)}>
			{"cause" in result && tc(`${result.cause}.what`)}
			{result.type === "accepted" && result.providerMessageId && (
				<>
					{t("provider_id")} <code>{result.providerMessageId}</code>
				</>
			)}
		</Alert>
	);
}

function Reports({ receipts }: { receipts: Receipt[] }) {
	const t = useT("rehearse");
	const tc = useT("causes");
	if (receipts.length === 0) return <Alert tone="warn">{t("nothing_said")}</Alert>;
	return (
		<>
			<h2>{t("reports")}</h2>
			<ul className="bullets">
				{receipts.map((one, at) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a report may name the same message twice, and nothing moves.
					<li key={at}>
						<code>{one.externalId ?? one.providerMessageId}</code>: {t(`state.${one.state}`)}
						{one.cause && `, ${tc(`${one.cause}.what`)}`}
						{one.atUtc !== undefined && (
							<>
								{" · "}
								<Time atUtc={one.atUtc} />
							</>
						)}
					</li>
				))}
			</ul>
		</>
	);
}
