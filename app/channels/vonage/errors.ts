import type { CauseKey } from "../causes.ts";
import type { RefusalKind } from "../channel.ts";

interface Meaning {
	cause: CauseKey;
	/** How a send that is refused with it counts; without one: of the number. */
	kind?: RefusalKind;
	/** The state of a message that a callback names it for. */
	isRejection?: true;
}

/** Vonage's codes of the Messages API, in answers (the end of `type`) and in callbacks (`error.title`). Source: errors/messages-olympus.md. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
	"1000": { cause: "throttled" },
	"1010": { cause: "bad_request", kind: "content", isRejection: true },
	"1020": { cause: "bad_request", kind: "content", isRejection: true },
	"1022": { cause: "template_mismatch", kind: "content", isRejection: true },
	"1030": { cause: "provider_fault" },
	"1040": { cause: "bad_content", kind: "content", isRejection: true },
	"1050": { cause: "on_stop_list", kind: "consent", isRejection: true },
	"1060": { cause: "provider_access", kind: "config" },
	"1070": { cause: "provider_balance", kind: "balance" },
	"1080": { cause: "provider_access", kind: "config" },
	"1090": { cause: "provider_access", kind: "config" },
	"1100": { cause: "provider_fault" },
	"1120": { cause: "sender_not_registered", kind: "config" },
	"1130": { cause: "bad_request", kind: "content", isRejection: true },
	"1150": { cause: "bad_request", kind: "content", isRejection: true },
	"1160": { cause: "bad_number", isRejection: true },
	"1170": { cause: "bad_number", isRejection: true },
	"1180": { cause: "unreachable" },
	"1190": { cause: "unreachable" },
	"1210": { cause: "flooding" },
	"1220": { cause: "unreachable" },
	"1230": { cause: "provider_fault" },
	"1240": { cause: "blocked_by_recipient", kind: "consent", isRejection: true },
	"1241": { cause: "throttled" },
	"1250": { cause: "no_route" },
	"1260": { cause: "unreachable" },
	"1300": { cause: "not_on_channel" },
	"1310": { cause: "unsupported_device" },
	"1320": { cause: "duplicate" },
	"1340": { cause: "session_closed", kind: "content", isRejection: true },
	"1360": { cause: "expired" },
	"1370": { cause: "provider_access", kind: "config" },
};

/** By a problem's `type`, the address of its explanation, whose end is the code; or by a title, a number or a string. */
export function meaningOf(error: { type?: unknown; title?: unknown }): Meaning | undefined {
	const fromType = typeof error.type === "string" ? /(\d{4})$/.exec(error.type)?.[1] : undefined;
	const code = fromType ?? String(error.title);
	return Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
}
