/**
 * Every verb that the audit knows. Whoever writes a new one adds it here and its words in all languages (namespace `audit`,
 * `verb.<verb with _ for .>`): a verb that people cannot read does not compile, one without words fails a test.
 */
export const AUDIT_VERBS = [
	"sign-in",
	"sign-in.guessing",
	"sign-out",
	"session.end",
	"session.end-others",
	"session.end-all",
	"password.change",
	"profile.update",
	"second-factor.on",
	"second-factor.off",
	"second-factor.replace",
	"second-factor.codes",
	"second-factor.demand",
	"second-factor.demand-off",
	"second-factor.reset",
	"campaign.create",
	"campaign.update",
	"campaign.start",
	"campaign.pause",
	"campaign.resume",
	"campaign.cancel",
	"campaign.halt",
	"account.create",
	"account.update",
	"account.password",
	"account.rights",
	"account.sender-add",
	"account.sender-remove",
	"account.raise",
	"account.lower",
	"account.attach",
	"account.block",
	"account.unblock",
	"account.close",
	"cabinet.enter",
	"cabinet.leave",
	"employee.create",
	"employee.update",
	"employee.password",
	"employee.block",
	"employee.unblock",
	"employee.remove",
	"role.create",
	"role.update",
	"role.delete",
	"provider.connect",
	"provider.edit",
	"provider.state",
	"audit.export",
] as const;

export type AuditVerb = (typeof AUDIT_VERBS)[number];

/** The key of a verb's words in the namespace `audit`. */
export function verbKey(verb: AuditVerb): `verb.${string}` {
	return `verb.${verb.replaceAll(".", "_")}`;
}
