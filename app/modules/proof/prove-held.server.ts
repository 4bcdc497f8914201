import type { Prover } from "./prove.server.ts";

export async function proveHeld(_: Prover): Promise<void> {}
