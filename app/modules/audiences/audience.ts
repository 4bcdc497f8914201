/** Limits of an audience, shared by the form, the API and the reader. */

/** 32 MB: a million numbers of a spreadsheet with a dozen columns. */
export const UPLOAD_MAX_BYTES = 32 * 1024 * 1024;
/** Numbers of one audience, good and bad together. */
export const AUDIENCE_MAX = 1_000_000;
export const PASTE_MAX_CHARS = 200_000;
/** Bytes up to which an audience is read while the form waits; a bigger one is read by a job and has a progress page. */
export const READ_AT_ONCE_MAX_BYTES = 256 * 1024;

/** Why a number became no contact (contact_rejects.reason); said in locales under `audiences:reasons`. */
export type RejectReason =
	| "duplicate"
	| "empty"
	| "no_digits"
	| "too_short"
	| "too_long"
	| "bad_country"
	| "not_a_number"
	| "damaged_by_excel"
	| "no_such_number";

/** Why a whole file was refused (collections.failure); said in locales under `audiences:failures`. */
export type ReadFailure =
	| "not_text"
	| "excel_workbook"
	| "too_many"
	| "unclosed_quote"
	| "upload_lost"
	| "reading_cancelled";

/** One number as it came, with where it stood. Both count from 1. */
export interface Entry {
	typed: string;
	line: number;
	cell: number;
}
