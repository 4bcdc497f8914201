import { useLocation } from "@remix-run/react";
import type { FormHTMLAttributes } from "react";
import { cabinetOf, FOR_PARAM } from "#app/modules/access/cabinet.ts";
import { useRoot } from "./frame/root-data.ts";

/**
 * A form that changes something: every one is written with this, never as `<form method="post">` (lint rule `no-bare-form`). Its
 * address says which account the page was made for ("?for=12"), so that a page left open in another tab does nothing to the account
 * that the session acts for by then: `requireSignedIn` refuses it. Takes what `<form>` takes.
 *
 * `<PostForm className="form" {...getFormProps(form)}>…</PostForm>`
 */
export function PostForm({ action, children, ...rest }: Omit<FormHTMLAttributes<HTMLFormElement>, "method">) {
	const { search } = useLocation();
	const accountId = useRoot()?.viewer?.accountId;
	// "/sign-out", "/look": about the person, wherever that is.
	const isOfNoCabinet = action?.startsWith("/") && !cabinetOf(action);
	const isMarked = accountId !== undefined && !isOfNoCabinet;
	return (
		<form {...rest} method="post" action={isMarked ? markFor(action ?? search, accountId) : action}>
			{children}
		</form>
	);
}

/** "?index" → "?index=&for=12". */
export function markFor(action: string, accountId: number): string {
	const [path = "", search = ""] = action.split("?");
	const query = new URLSearchParams(search);
	query.set(FOR_PARAM, String(accountId));
	return `${path}?${query}`;
}
