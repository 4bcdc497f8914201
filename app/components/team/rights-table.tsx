import { useT } from "#app/lib/page-context.ts";
import type { Right } from "#app/modules/access/rights.ts";
import { MODULES, rightOf, SIGHTS, VERBS } from "./right-rows.ts";

interface Shown {
	/** What the role has, or what was ticked. */
	checked: readonly string[];
	/** What of it the account has not (any more). */
	lost: readonly string[];
	/** For which there are boxes; none: it is only looked at. */
	grantable: readonly Right[];
}

/** A role's rights: modules by verbs, then what it may see of numbers and money. A right that does nothing now is struck out. */
export function RightsTable(props: Shown) {
	const t = useT("team");
	const isThere = (right: Right | undefined) =>
		right !== undefined && (props.grantable.includes(right) || props.checked.includes(right));
	const modules = MODULES.filter((module) => VERBS.some((verb) => isThere(rightOf(module, verb))));
	const sights = SIGHTS.filter(isThere);
	return (
		<fieldset className="field">
			<legend>{t("rights.title")}</legend>
			<table className="table rights">
				<caption className="hidden">{t("rights.caption")}</caption>
				<thead>
					<tr>
						<th scope="col">{t("rights.module")}</th>
						{VERBS.map((verb) => (
							<th key={verb} scope="col">
								{t(`verb.${verb}`)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{modules.map((module) => (
						<tr key={module}>
							<td className="main" data-label={t("rights.module")}>
								{t(`module.${module}`)}
							</td>
							{VERBS.map((verb) => (
								<td key={verb} data-label={t(`verb.${verb}`)}>
									<RightBox
										right={rightOf(module, verb)}
										label={`${t(`module.${module}`)}: ${t(`verb.${verb}`)}`}
										isLabelHidden
										shown={props}
									/>
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
			{sights.map((right) => (
				<RightBox key={right} right={right} label={t(`sight.${right}`)} shown={props} />
			))}
			{props.lost.length > 0 && <p className="help">{t("rights.lost")}</p>}
		</fieldset>
	);
}

function RightBox(props: { right: Right | undefined; label: string; isLabelHidden?: boolean; shown: Shown }) {
	const t = useT("team");
	const { right, label } = props;
	const { checked, lost, grantable } = props.shown;
	if (right === undefined) return null;
	const isChecked = checked.includes(right);
	const isLost = isChecked && lost.includes(right);
	const canChange = grantable.includes(right);
	if (!canChange && !isChecked) return <span className="soft">–</span>;
	return (
		<label className="choice">
			<input type="checkbox" name="rights" value={right} defaultChecked={isChecked} disabled={!canChange} />
			<span className={props.isLabelHidden ? "hidden" : undefined}>{isLost ? <s>{label}</s> : label}</span>
			{isLost && <s className="soft">{t("rights.gone")}</s>}
		</label>
	);
}
