export type Role = "primary" | "replica" | "unknown";

/**
 * What this node may do with the books. Without LiteFS there is one node, and it is the primary; with it, the answer comes
 * from LiteFS itself (never from the absence of its `.primary` file, which also means "nobody knows").
 */
export function role(): Role {
	return "primary";
}
