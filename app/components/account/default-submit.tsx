/**
 * What Enter in a field presses: a form's first button. Where others (another row, a removal) come before the one that sends the
 * form, this stands before them all, unseen.
 */
export function DefaultSubmit() {
	return <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />;
}
