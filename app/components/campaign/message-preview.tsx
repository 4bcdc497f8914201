import { useT } from "#app/lib/page-context.ts";

/** The text as it stands on a phone, in its own direction. */
export function MessagePreview({ sender, text }: { sender: string; text: string }) {
	const t = useT("campaigns");
	return (
		<figure className="phone">
			<figcaption className="small soft">{t("preview")}</figcaption>
			<p className="phone-sender" dir="auto">
				{sender}
			</p>
			<p className="bubble" dir="auto">
				{text}
			</p>
		</figure>
	);
}
