import { BooksBusyError } from "#db/tx.ts";
import { type Operation, perform } from "./operation.ts";

/** A process that does what it is told, and tells of each operation what came of it; ends when it is told of none. */
process.on("message", (operations: Operation[]) => {
	void work(operations);
});

async function work(operations: Operation[]): Promise<void> {
	for (const operation of operations)
		process.send!({ formKey: operation.formKey, outcome: await untilNotBusy(operation) });
	process.disconnect();
}

/** On a machine that has much else to do the lock can be long in coming: whoever is told so asks again. */
async function untilNotBusy(operation: Operation): Promise<string> {
	for (;;) {
		try {
			return await perform(operation);
		} catch (error) {
			if (!(error instanceof BooksBusyError)) throw error;
		}
	}
}
