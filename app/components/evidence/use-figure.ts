import { causeKeyOf } from "#app/channels/causes.ts";
import { useT } from "#app/lib/page-context.ts";
import type { Charge } from "#app/modules/charging/charge.ts";

/** A figure of a recount in words: "delivered" is a state's, "cause 5" a cause's, "class 2 held" a price class's. */
export function useFigure(): (figure: string) => string {
	const t = useT("campaigns");
	const tr = useT("recounts");
	const tc = useT("causes");
	return (figure) => {
		if (figure.startsWith("cause ")) return tc(`${causeKeyOf(Number(figure.slice(6)))}.what`);
		if (figure.startsWith("class ")) {
			const [, n = "", charge] = figure.split(" ");
			return tr("charges", { n, charge: tr(`charge.${charge as Charge}`) });
		}
		return figure === "claimed" ? tr("claimed") : t(`message.${figure as "sent"}`);
	};
}
