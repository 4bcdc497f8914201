import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { newLoginSchema } from "#app/modules/access/login.schema.ts";
import { newPasswordField } from "#app/modules/access/password.schema.ts";

export const PERSON_NAME_MAX = 100;
export const EMAIL_MAX = 254;
export const PHONE_MAX = 40;

const line = (max: number) =>
	z
		.string()
		.transform((text) => text.normalize("NFC").replace(/\s+/g, " ").trim())
		.pipe(z.string().max(max, issue("team:error.too_long", { max })));

/** What is known of an employee, and its role. */
export const employeeSchema = z.object({
	name: z
		.string("team:error.name_missing")
		.pipe(line(PERSON_NAME_MAX))
		.pipe(z.string().min(1, "team:error.name_missing")),
	email: line(EMAIL_MAX)
		.pipe(z.union([z.literal(""), z.email("team:error.email")]))
		.default(""),
	phone: line(PHONE_MAX)
		.pipe(z.string().regex(/^[\p{Nd}+() .–-]*$/u, "team:error.phone"))
		.default(""),
	roleId: z.coerce.number("team:error.role_missing").int("team:error.role_missing").min(1, "team:error.role_missing"),
});

/** A password for somebody else: typed, or left to be made. */
export const passwordForOther = z.object({ password: newPasswordField.optional() });

export const newEmployeeSchema = employeeSchema.extend({ login: newLoginSchema, ...passwordForOther.shape });

export type EmployeeInput = z.output<typeof employeeSchema>;
export type NewEmployeeInput = z.output<typeof newEmployeeSchema>;
