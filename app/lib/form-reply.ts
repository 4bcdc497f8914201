import type { parseWithZod } from "@conform-to/zod/v4";
import type { z } from "zod";

type Parsed = Awaited<ReturnType<typeof parseWithZod<z.ZodType, string[]>>>;

/** What an action gives back to a form: what was typed, and what is wrong with it (conform's `lastResult`). */
export type FormReply = ReturnType<Parsed["reply"]>;
