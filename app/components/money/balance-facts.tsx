import { useT } from "#app/lib/page-context.ts";
import type { MoneyPage } from "#app/modules/money/get-money-page.server.ts";
import { Money } from "./amount.tsx";

/** What an account has and may spend; lines that are zero for most are left out while they are. */
export function BalanceFacts({ balance, currency }: { balance: MoneyPage["balance"]; currency: string }) {
	const t = useT("money");
	const { availableMicros, heldMicros, owedMicros, creditMicros, spendableMicros } = balance;
	const lines = [
		["available", availableMicros, true],
		["held", heldMicros, true],
		["owed", owedMicros, owedMicros > 0],
		["credit", creditMicros, creditMicros > 0],
		["spendable", spendableMicros, creditMicros > 0 || owedMicros > 0],
	] as const;
	return (
		<dl className="facts">
			{lines.map(
				([key, micros, isShown]) =>
					isShown && [
						<dt key={key}>{t(`balance.${key}`)}</dt>,
						<dd key={`${key}-sum`}>
							<Money micros={micros} currency={currency} />
						</dd>,
					],
			)}
		</dl>
	);
}
