/** A block as it stands in an account's row. */
export interface Block {
	/** Shown to the account's own people at sign-in. */
	reason: string;
	/** Unix ms. */
	sinceUtc: number | null;
	/** It ends by itself then; null: when somebody ends it. */
	untilUtc: number | null;
	/** The account for which it was set; null: not known any more. */
	byAccountId: number | null;
}

/** A block with an end ends at that moment, whether or not the job has come by to write it down. */
export function isLiving(block: Pick<Block, "untilUtc">, now: number): boolean {
	return block.untilUtc === null || block.untilUtc > now;
}
