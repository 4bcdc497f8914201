import { expect, it } from "vitest";
import { noLiteralText } from "./no-literal-text.ts";
import { lintFile } from "./rule.ts";

const check = (jsx: string) => noLiteralText.check([lintFile("app/routes/a.tsx", `const a = ${jsx};`)]);

it.each([
	"<b>Send</b>",
	'<b>{"Send"}</b>',
	"<b>{isOld ? 'Old' : t('new')}</b>",
	"<b>{isOld && `Old`}</b>",
	"<b>{`${n} people`}</b>",
	"<b>{name ?? 'nobody'}</b>",
	"<b>Отправить</b>",
	'<input placeholder="Name" />',
	'<img alt={"A cat"} />',
	'<button aria-label="Close" />',
	'<Field label="Name" />',
	"({ meta: 0 }, <b title={`No ${n}`} />)",
])("finds %s", (jsx) => expect(check(jsx)).toHaveLength(1));

it.each([
	'<b>{t("send")}</b>',
	"<b> · → 100 % </b>",
	"<time title={`${moment} UTC`} />",
	"<b>{isOld ? '—' : n}</b>",
	'<input name="text" type="submit" className="a" autoComplete="username" />',
	'<b aria-label={t("close")} title={name} />',
	'<b>{format(n, "USD")}</b>',
	"<style>{`a { color: red }`}</style>",
	'<b>{kind === "client" ? t("a") : t("b")}</b>',
])("lets %s pass", (jsx) => expect(check(jsx)).toEqual([]));

it("finds the title of a page", () => {
	const text = 'export const meta = () => [{ title: "Campaigns" }];';
	expect(noLiteralText.check([lintFile("app/routes/a.tsx", text)])).toHaveLength(1);
});
