import type { Contact } from "./account.schema.ts";

/** "Ann, +380671234567, ann@example.com", a line each. */
export function contactsAsText(contacts: readonly Contact[]): string {
	return contacts.map((one) => [one.name, one.phone, one.email].filter(Boolean).join(", ")).join("\n");
}
