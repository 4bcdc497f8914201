import { PassThrough, type Transform } from "node:stream";
import { text } from "node:stream/consumers";
import { createElement } from "react";
import { renderToPipeableStream } from "react-dom/server";
import { expect, it } from "vitest";
import { until } from "#jobs/testing/until.ts";
import { withoutNulls } from "./without-nulls.ts";

const WORD = "ж".repeat(50);

/** React's own output, with the boundaries of its pieces within or beside letters of two bytes. */
async function rendered(shift: number, through: Transform): Promise<string> {
	const items = Array.from({ length: 200 }, (_, key) => createElement("li", { key, title: WORD }, WORD));
	const { pipe } = renderToPipeableStream(createElement("ul", { title: "a".repeat(shift) }, items));
	pipe(through);
	return text(through);
}

it("a page keeps every letter, wherever React cuts it, and gets no zero bytes", async () => {
	const before: boolean[] = [];
	for (let shift = 0; shift < 4; shift++) {
		const plain = await rendered(shift, new PassThrough());
		before.push(plain.includes("\0"));
		const page = await rendered(shift, withoutNulls());
		expect(page).not.toContain("\0");
		expect(page).toBe(plain.replaceAll("\0", ""));
		expect(page.split(`<li title="${WORD}">${WORD}</li>`)).toHaveLength(201);
	}
	expect(before, "React still does it: else this is not needed any more").toContain(true);
});

it("what is written in one turn is one piece, and what comes later does not wait for more", async () => {
	const through = withoutNulls();
	const pieces: string[] = [];
	through.on("data", (piece: Buffer) => pieces.push(piece.toString()));
	for (const word of ["all ", "at ", "once"]) through.write(Buffer.from(word));
	await until("it came", 30_000, () => pieces.length > 0);
	through.write(Buffer.from("later"));
	await until("that came as well", 30_000, () => pieces.length > 1);
	through.end(Buffer.from("the end"));
	await new Promise((resolve) => through.once("end", resolve));
	expect(pieces).toEqual(["all at once", "later", "the end"]);
});
