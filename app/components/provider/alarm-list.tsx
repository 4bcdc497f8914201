import { usePage, useT } from "#app/lib/page-context.ts";
import type { ListedAlarm } from "#app/modules/alarms/list-alarms.server.ts";
import { Alert } from "../alert.tsx";
import { Time } from "../time.tsx";
import { alarmWords } from "./alarm-words.ts";

/** What is wrong with a provider now, and what was lately. */
export function AlarmList({ alarms }: { alarms: ListedAlarm[] }) {
	const t = useT("alarms");
	const { locale } = usePage();
	const open = alarms.filter(({ endedAtUtc }) => endedAtUtc === null);
	const over = alarms.filter(({ endedAtUtc }) => endedAtUtc !== null);
	return (
		<>
			{open.map((alarm) => (
				<Alert key={alarm.id} tone="bad" title={alarmWords(t, locale, alarm)}>
					{t("since")} <Time atUtc={alarm.raisedAtUtc} />
				</Alert>
			))}
			{over.length > 0 && (
				<details>
					<summary>{t("lately")}</summary>
					<ul className="bullets">
						{over.map((alarm) => (
							<li key={alarm.id}>
								{alarmWords(t, locale, alarm)}: <Time atUtc={alarm.raisedAtUtc} /> – <Time atUtc={alarm.endedAtUtc!} />
							</li>
						))}
					</ul>
				</details>
			)}
		</>
	);
}
