/** A form without files, as it comes over the line. */
export const FORM_MAX_BYTES = 256 * 1024;
