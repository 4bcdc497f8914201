import type { CauseKey } from "../../causes.ts";
import type { RefusalKind, SendResult } from "../../channel.ts";

const refused = (kind: RefusalKind, cause: CauseKey): SendResult => ({
	type: "refused",
	kind,
	permanent: kind !== "config" && kind !== "balance",
	cause,
});
const later = (cause: CauseKey, retryAfterMs: number): SendResult => ({ type: "throttled", retryAfterMs, cause });

const BAD_REQUEST = refused("content", "bad_request");
const BAD_SETTINGS = refused("config", "bad_request");
const NO_ACCESS = refused("config", "provider_access");

/** ESME_* of SMPP 3.4 in the answer to submit_sm: an error there says that the message was not taken. */
const RESULTS = new Map<number, SendResult>([
	[0x01, BAD_REQUEST],
	[0x02, BAD_REQUEST],
	[0x03, BAD_REQUEST],
	// Not bound in the right way, any more or yet.
	[0x04, later("not_reached", 1_000)],
	[0x08, later("provider_fault", 5_000)],
	[0x0a, refused("config", "sender_not_registered")],
	[0x0b, refused("number", "bad_number")],
	[0x14, later("throttled", 2_000)],
	[0x15, BAD_SETTINGS],
	[0x45, later("provider_fault", 5_000)],
	[0x48, BAD_SETTINGS],
	[0x49, BAD_SETTINGS],
	[0x50, BAD_SETTINGS],
	[0x51, BAD_SETTINGS],
	[0x53, BAD_SETTINGS],
	[0x58, later("throttled", 1_000)],
	[0x61, BAD_REQUEST],
	[0x62, BAD_REQUEST],
	[0x64, later("provider_fault", 5_000)],
	[0x65, refused("number", "unspecified")],
	[0x66, refused("content", "bad_content")],
	[0xc0, BAD_REQUEST],
	[0xc1, BAD_REQUEST],
	[0xc2, BAD_REQUEST],
	[0xc3, BAD_REQUEST],
	[0xc4, BAD_REQUEST],
	[0xfe, refused("number", "unreachable")],
	[0xff, later("provider_fault", 5_000)],
	[0x100, NO_ACCESS],
	[0x101, NO_ACCESS],
	[0x102, NO_ACCESS],
	[0x103, NO_ACCESS],
]);

/** Of an error in the answer to a send; an operator's own code (0x400 to 0x4FF) refuses this person, and says no more. */
export function resultOfStatus(status: number): SendResult {
	return RESULTS.get(status) ?? refused("number", "unspecified");
}

export const ALREADY_BOUND = 0x05;
const WRONG_PASSWORD = 0x0e;
const WRONG_SYSTEM_ID = 0x0f;

/** Of an error in the answer to a bind: what it means for everybody who was to be written to. */
export function resultOfBind(status: number): SendResult {
	if (status === WRONG_PASSWORD || status === WRONG_SYSTEM_ID) return NO_ACCESS;
	const known = RESULTS.get(status);
	if (known?.type === "refused" && known.kind === "config") return known;
	// Bind failed, already bound: so they say, too, to whom they still hold a session that broke a moment ago.
	return later("not_reached", 5_000);
}
