import { type Receipt, ReceiptRubbishError } from "../channel.ts";
import { type Fields, isFields } from "../http-results.ts";
import { momentOfLocalTime } from "../local-time.ts";
import { stateOfStatus } from "./codes.ts";

/** Its times are those of its own clocks. */
const ZONE = "Europe/Kiev";

/**
 * SMS-Fly can be given an address to call, but what it says there is written nowhere: it is asked instead.
 *
 * @throws ReceiptRubbishError for whatever comes.
 */
export function readReceipts(): Receipt[] {
	throw new ReceiptRubbishError("SMS-Fly is asked; what it calls back with is not known");
}

/** What an answer to GETMESSAGESTATUS says of the channel that the message went out on; undefined where it says nothing. */
export function readStatus(data: Fields, channel: string): Pick<Receipt, "state" | "cause" | "atUtc"> | undefined {
	const told = data[channel];
	const status = isFields(told) ? stateOfStatus(told.status) : undefined;
	if (!status) return undefined;
	const atUtc = isFields(told) ? momentOfLocalTime(told.date, ZONE) : undefined;
	return { ...status, ...(atUtc !== undefined && { atUtc }) };
}
