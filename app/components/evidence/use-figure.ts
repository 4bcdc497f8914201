import { causeKeyOf } from "#app/channels/causes.ts";
import { useT } from "#app/lib/page-context.ts";

/** A figure of a recount in words: "delivered" is a state's, "cause 5" a cause's. */
export function useFigure(): (figure: string) => string {
	const t = useT("campaigns");
	const tr = useT("recounts");
	const tc = useT("causes");
	return (figure) => {
		if (figure.startsWith("cause ")) return tc(`${causeKeyOf(Number(figure.slice(6)))}.what`);
		return figure === "claimed" ? tr("claimed") : t(`message.${figure as "sent"}`);
	};
}
