/** How far long work is: `<ProgressBar label={t("preparing")} value={done} max={all} />`. Without `max`: it runs, nobody knows how far. */
export function ProgressBar(props: { label: string; value?: number; max?: number }) {
	const isKnown = props.value !== undefined && Boolean(props.max);
	return (
		<progress
			className="progress"
			aria-label={props.label}
			value={isKnown ? props.value : undefined}
			max={isKnown ? props.max : undefined}
		/>
	);
}
