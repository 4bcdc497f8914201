import { clusterState } from "./cluster-state.ts";

/**
 * Calls `listener` with the number of each transaction that has come into this node's books.
 *
 * @returns its end.
 */
export function onStep(listener: (txid: number) => void): () => void {
	const { stepListeners } = clusterState();
	stepListeners.add(listener);
	return () => stepListeners.delete(listener);
}
