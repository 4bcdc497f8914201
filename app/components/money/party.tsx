import { useT } from "#app/lib/page-context.ts";
import type { Party } from "#app/modules/money/name-lines.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { useRights } from "../frame/root-data.ts";
import { NameLink } from "../name-link.tsx";

/** Whom money came from or went to, as far as the reader may know it. */
export function PartyName({ party }: { party: Party }) {
	const t = useT("money");
	const may = useRights();
	const path = useCabinetPath();
	if (party.is !== "account") return <>{t(`party.${party.is}`)}</>;
	if (!may("accounts.read")) return <bdi>{party.name}</bdi>;
	return <NameLink to={path(`accounts/${party.id}/money`)}>{party.name}</NameLink>;
}
