import { useT } from "#app/lib/page-context.ts";
import type { MessageCharge } from "#app/modules/charging/get-message-charge.server.ts";
import { Price } from "../pricing/price.tsx";

/** What a message costs, and whether that is held, charged or given back. */
export function MessageChargeFacts({ charge }: { charge: MessageCharge }) {
	const t = useT("charging");
	const { priceMicros, ownMicros, currency } = charge;
	return (
		<>
			<h2>{t("message.title")}</h2>
			<dl className="facts">
				<dt>{t("message.price")}</dt>
				<dd>
					<Price micros={priceMicros} currency={currency} /> ({t(`message.${charge.charge}`)})
				</dd>
				{ownMicros !== null && (
					<>
						<dt>{t("message.own")}</dt>
						<dd>
							<Price micros={ownMicros} currency={currency} />
						</dd>
					</>
				)}
			</dl>
		</>
	);
}
