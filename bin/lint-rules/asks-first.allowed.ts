export interface AskedElsewhere {
	file: string;
	/** Why whoever calls it may do it without a right of its own. */
	reason: string;
}

/** Reviewed: writes for an actor that need no right, or whose right is asked for by what they call. */
export const ASKS_NOBODY: AskedElsewhere[] = [
	{ file: "app/modules/access/set-language.server.ts", reason: "one's own language is everybody's to choose" },
	{ file: "app/modules/access/confirm-password.server.ts", reason: "it is itself the question who is there" },
	{ file: "app/modules/second-factor/confirm-code.server.ts", reason: "it is itself the question who is there" },
	{ file: "app/modules/accounts/attach-account.server.ts", reason: "planAttach lets nobody but the admin by" },
];
