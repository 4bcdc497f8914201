export type Role = "primary" | "replica" | "unknown";

/**
 * What a node is, from what is known of it. Primary only where all agree; a replica only where LiteFS names another that leads.
 *
 * @param heard by LiteFS's stream of events.
 * @param isWritable by the mode bits of the books' file; null: there is no file yet, and LiteFS alone knows.
 * @param isOpen this node has taken the books over and brought them up to date.
 */
export function roleOf(heard: Role, isWritable: boolean | null, isOpen: boolean): Role {
	if (heard === "primary") return isWritable !== false && isOpen ? "primary" : "unknown";
	if (heard === "replica") return isWritable === true ? "unknown" : "replica";
	return "unknown";
}
