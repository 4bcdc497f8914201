const shared = globalThis as unknown as { __stopping?: AbortController };
shared.__stopping ??= new AbortController();
const controller = shared.__stopping;

/** Aborted when this process is to end: streams that would go on for ever end themselves then, so that the rest can finish. */
export const stopping: AbortSignal = controller.signal;

/** Only for the process's entry file. */
export function beginStopping(): void {
	controller.abort();
}
