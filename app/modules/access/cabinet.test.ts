import { expect, it } from "vitest";
import { safePath } from "./cabinet.ts";

it.each(["/client/campaigns", "/client/campaigns?after=5&state=draft", "/"])("goes on to %s", (path) => {
	expect(safePath(path, "/first")).toBe(path);
});

it.each([
	"//evil.example",
	"/\\evil.example",
	"/a\\..\\b",
	"https://evil.example",
	"javascript:alert(1)",
	"/a\nLocation: x",
	"/\t/evil.example",
	"client",
	"",
	null,
	["/a"],
])("never leaves the site for %j", (wished) => {
	expect(safePath(wished, "/first")).toBe("/first");
});
