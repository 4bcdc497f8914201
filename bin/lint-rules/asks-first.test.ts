import { expect, it } from "vitest";
import { asksFirstWith } from "./asks-first.ts";
import { lintFile } from "./rule.ts";

const check = (path: string, text: string, reviewed: { file: string; reason: string }[] = []) =>
	asksFirstWith(reviewed)([lintFile(path, text)]);
const ROUTE = "app/routes/every+/things+/_index.tsx";
const MODULE = "app/modules/things/save-thing.server.ts";

it.each([
	"export function loader({ request }) { return readBooks(list); }",
	"export async function action({ request }) { await save(await request.formData()); }",
	"export const loader = ({ request }) => list(request);",
])("finds a route that asks nobody: %s", (text) => expect(check(ROUTE, text)).toHaveLength(1));

it.each([
	"export async function save(actor: Actor, id: number) { await inTx((tx) => write(tx, id)); }",
	"export const save = async (actor: Actor) => { await inTx((tx) => { hasRight(actor, 'a'); write(tx); }); };",
])("finds a write that asks for no right: %s", (text) => expect(check(MODULE, text)).toHaveLength(1));

it.each([
	[ROUTE, "export function loader({ request }) { const actor = requireActor(request); return list(actor); }"],
	[ROUTE, "export async function action({ request }) { const { actor } = requireSignedIn(request, 'admin'); }"],
	[ROUTE, "export default function Things() { return null; }"],
	["app/routes/_auth+/sign-in.tsx", "export function loader() { return null; }"],
	[MODULE, "export async function save(actor: Actor) { requireRight(actor, 'a.b'); await inTx(write); }"],
	[MODULE, "export async function save(actor: Actor) { await inTx((tx) => { requireSelf(actor); write(tx); }); }"],
	[MODULE, "export function list(tx: Tx, actor: Actor) { return tx.sql('').all(); }"],
	[MODULE, "async function inner(actor: Actor) { await inTx(write); }"],
	["app/modules/things/save.test.ts", "export async function save(actor: Actor) { await inTx(write); }"],
])("lets pass in %s: %s", (path, text) => expect(check(path, text)).toEqual([]));

it("passes over what was reviewed, and finds what stands on the list without need", () => {
	const text = "export async function save(actor: Actor) { await inTx(write); }";
	expect(check(MODULE, text, [{ file: MODULE, reason: "everybody may" }])).toEqual([]);
	expect(check(MODULE, "", [{ file: MODULE, reason: "everybody may" }])).toHaveLength(1);
});
