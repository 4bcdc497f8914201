import { clusterState } from "./cluster-state.ts";

/**
 * Calls `listener` after anything has changed that role(), litefsRole() or primaryUrl() answer by; it asks them itself.
 *
 * @returns its end.
 */
export function onRoleChange(listener: () => void): () => void {
	const { listeners } = clusterState();
	listeners.add(listener);
	return () => listeners.delete(listener);
}
