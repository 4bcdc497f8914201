import { z } from "zod";

const ascii = (max: number) =>
	z
		.string()
		.trim()
		.regex(new RegExp(`^[\\x20-\\x7e]{0,${max}}$`));
const choice = <const T extends readonly [string, ...string[]]>(options: T) =>
	z.enum(options).meta({ options, standard: options[0], hasHelp: true });

export const settingsSchema = z.object({
	/** A name or an address, without a port. */
	host: z
		.string()
		.trim()
		.regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$|^[0-9a-f:]+$/i)
		.max(253),
	port: z
		.string()
		.trim()
		.regex(/^\d{1,5}$/)
		.refine((port) => Number(port) >= 1 && Number(port) <= 65_535)
		.meta({ standard: "2775", hasHelp: true }),
	tls: z.enum(["no", "yes"]).meta({ options: ["no", "yes"], standard: "no" }),
	/** 15 octets in the specification, and more at some. */
	systemId: ascii(64).min(1),
	/** 8 octets in the specification, and more at many. */
	password: ascii(64).min(1).meta({ isSecret: true }),
	systemType: ascii(12).default(""),
	/** Texts that one message does not hold: parts with a header each, or one `message_payload`. */
	longText: choice(["parts", "payload"]),
	/** How receipts spell the ids that `submit_sm_resp` gave: alike; in decimal digits the hexadecimal ones; or the other way about. */
	receiptIds: choice(["alike", "decimal", "hexadecimal"]),
});

export type SmppSettings = z.infer<typeof settingsSchema>;
