import { clusterState, type StepListener } from "./cluster-state.ts";

/**
 * Calls `listener` with number and checksum of each transaction that has come into this node's books, and of where they are when LiteFS's stream begins.
 *
 * @returns its end.
 */
export function onStep(listener: StepListener): () => void {
	const { stepListeners } = clusterState();
	stepListeners.add(listener);
	return () => stepListeners.delete(listener);
}
