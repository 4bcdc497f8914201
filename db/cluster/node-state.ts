import { join } from "node:path";
import { env } from "#app/lib/env.ts";
import { clusterState } from "./cluster-state.ts";
import { type Position, position } from "./position.ts";
import { readInMount } from "./read-in-mount.ts";

export interface NodeState {
	name: string;
	/** Null: nobody is known to lead. */
	primary: string | null;
	epoch: number;
	position: Position | null;
	/** Since the node that leads was last heard of; 0 on that one. Null: never yet, or LiteFS is away. */
	lagMs: number | null;
}

/** LiteFS's own word for "never yet". */
const NEVER = 2_147_483_647;

/** Where this node stands among the others. */
export function nodeState(): NodeState {
	const { primary, epoch } = clusterState();
	return { name: env().NODE_NAME, primary, epoch, position: position(), lagMs: lagMs() };
}

function lagMs(): number | null {
	try {
		const lag = Number(readInMount(join(env().LITEFS_DIR ?? "", ".lag")));
		return Number.isFinite(lag) && lag < NEVER ? lag : null;
	} catch {
		return null;
	}
}
