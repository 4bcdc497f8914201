export const ATTACH_REFUSALS = [
	"no_target",
	"itself",
	"own_branch",
	"already_there",
	"below_client",
	"below_closed",
	"too_deep",
	"closed",
] as const;
export type AttachRefusal = (typeof ATTACH_REFUSALS)[number];

/** The account cannot be moved there; nothing was changed. */
export class AttachRefusedError extends Error {
	override name = "AttachRefusedError";
	readonly because: AttachRefusal;
	constructor(because: AttachRefusal) {
		super(`an account cannot be attached there: ${because}`);
		this.because = because;
	}
}
