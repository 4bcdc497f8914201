/** What can be wrong with a provider. */
export type AlarmKind = "errors" | "silence" | "balance" | "breaker";

/** How something stands that an alarm watches. `same`: nothing can be said, so that what was holds. */
export type Reading =
	| { is: "well" }
	/** `measured`, as it is kept: errors: a share from 0 to 1; silence: minutes; balance: what the provider has told; breaker: "". */
	| { is: "wrong"; measured: string }
	| { is: "same" };
