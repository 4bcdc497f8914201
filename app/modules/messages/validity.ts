/** Seconds that a provider may try to reach a person for, when the campaign says nothing else. */
export const VALIDITY_SECONDS = 24 * 3600;

/** Seconds behind the validity that a report may still be on its way; then there is none to come. */
const REPORT_MARGIN_SECONDS = 2 * 3600;

/** Seconds from the hand-over after which a message that nobody has reported on is closed. */
export const SILENCE_SECONDS = VALIDITY_SECONDS + REPORT_MARGIN_SECONDS;
