/** Names that ICU still knows by their old ones only. */
const RENAMED = [
	"Africa/Asmara",
	"America/Argentina/Buenos_Aires",
	"America/Argentina/Cordoba",
	"America/Atikokan",
	"America/Indiana/Indianapolis",
	"America/Kentucky/Louisville",
	"America/Nuuk",
	"Asia/Ho_Chi_Minh",
	"Asia/Kathmandu",
	"Asia/Kolkata",
	"Asia/Yangon",
	"Atlantic/Faroe",
	"Europe/Kyiv",
	"Pacific/Chuuk",
	"Pacific/Kanton",
	"Pacific/Pohnpei",
	"UTC",
];

let byKey: Map<string, string> | undefined;

/** An IANA zone by what a person typed: "Europe/Kyiv", "europe/kyiv", "kyiv", "New York". Undefined where there is none of that name. */
export function readTimeZone(typed: string): string | undefined {
	const key = keyOf(typed);
	byKey ??= zones();
	const known = byKey.get(key);
	if (known || key === "") return known;
	// Old names ("Asia/Calcutta" beside "Asia/Kolkata") are kept as they are known.
	const old = typed.trim();
	return /^[A-Za-z]+(\/[A-Za-z_+-]+)+$/.test(old) && isZone(old) ? old : undefined;
}

function zones(): Map<string, string> {
	const all = [...Intl.supportedValuesOf("timeZone"), ...RENAMED];
	// By the city alone too; where it is a part of several names the shorter path is meant.
	const cities = all.map((zone): [string, string] => [keyOf(zone.split("/").at(-1)!), zone]);
	return new Map([...cities.reverse(), ...all.map((zone): [string, string] => [keyOf(zone), zone])]);
}

function keyOf(text: string): string {
	return text
		.trim()
		.toLowerCase()
		.replace(/[\s_]+/g, "_");
}

function isZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
