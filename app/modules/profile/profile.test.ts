import { crc32 } from "node:zlib";
import sharp from "sharp";
import { beforeEach, describe, expect, it } from "vitest";
import { FileTooBigError } from "#app/lib/read-upload-form.server.ts";
import type { SignedIn } from "#app/modules/access/signed-in-by.server.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { findAvatar } from "./find-avatar.server.ts";
import { getProfile } from "./get-profile.server.ts";
import { AVATAR_BYTES_MAX, AVATAR_SIDE, makeAvatar } from "./make-avatar.server.ts";
import { submitProfile } from "./submit-profile.server.ts";

testBooks();
let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
	await inTx((tx) => {
		for (const { userId, account } of Object.values(actors) as Actors["client"][]) {
			const id = insertUser(tx, { accountId: account.id, login: account.name, passwordHash: "", name: account.name });
			tx.sql("UPDATE users SET id = ? WHERE id = ? AND account_id = ?").run(userId, id, account.id);
		}
	});
});

const FIELDS = { name: "Olena", email: "", phone: "", timeZone: "", locale: "", version: "1" };
const profile = () => readBooks((tx) => getProfile(tx, actors.client));
const submit = (fields: Record<string, string>, stored?: Buffer | FileTooBigError) =>
	submitProfile(actors.client, { fields: { ...FIELDS, ...fields }, ...(stored && { file: { name: "me", stored } }) });
const photo = (width: number, height: number) =>
	sharp({
		create: { width, height, channels: 3, background: "#2a7", noise: { type: "gaussian", mean: 128, sigma: 60 } },
	});

describe("a picture", () => {
	it("becomes a small square without anything that was written into the file, whatever it was", async () => {
		for (const format of ["jpeg", "png", "webp", "gif"] as const) {
			const sent = await photo(160, 120)
				.withExif({ IFD0: { Copyright: "somewhere in Kyiv" } })
				[format]()
				.toBuffer();
			const { bytes, key } = await makeAvatar(sent);
			const { width, height, exif, format: made } = await sharp(bytes).metadata();
			expect({ width, height, exif, made }).toEqual({
				width: AVATAR_SIDE,
				height: AVATAR_SIDE,
				exif: undefined,
				made: "webp",
			});
			expect(bytes.length).toBeLessThanOrEqual(AVATAR_BYTES_MAX);
			expect(key).toMatch(/^[\w-]{22}$/);
		}
	});

	it("is turned as the camera was held", async () => {
		const top = await sharp({ create: { width: 200, height: 100, channels: 3, background: "#fff" } })
			.png()
			.toBuffer();
		// White above black, stored lying on its side: orientation 6 turns it by 90 degrees.
		const upright = await sharp({ create: { width: 200, height: 200, channels: 3, background: "#000" } })
			.composite([{ input: top, gravity: "north" }])
			.png()
			.toBuffer();
		const lying = await sharp(upright).rotate(-90).withMetadata({ orientation: 6 }).jpeg().toBuffer();
		const { data } = await sharp((await makeAvatar(lying)).bytes)
			.greyscale()
			.raw()
			.toBuffer({ resolveWithObject: true });
		expect([data[AVATAR_SIDE * 5 + 48]! > 200, data[AVATAR_SIDE * 90 + 48]! < 50]).toEqual([true, true]);
	});

	it.each([
		["text", Buffer.from("hello"), "no_picture"],
		["nothing", Buffer.alloc(0), "no_picture"],
		["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), "no_picture"],
		["a PNG in name only", Buffer.from("\x89PNG\r\n\x1a\nhello", "latin1"), "broken_picture"],
	])("that is %s is refused", async (_, bytes, reason) => {
		await expect(makeAvatar(bytes)).rejects.toMatchObject({
			name: "BadPictureError",
			message: `settings:profile.error.${reason}`,
		});
	});

	it("that breaks off is refused", async () => {
		const whole = await photo(200, 200).jpeg().toBuffer();
		await expect(makeAvatar(whole.subarray(0, whole.length / 2))).rejects.toMatchObject({ name: "BadPictureError" });
	});

	it("of a hundred million pixels in a few bytes is refused before they are unpacked", async () => {
		const bomb = await photo(8, 8).png().toBuffer();
		// The header says how large it unpacks: width and height stand in bytes 16 to 23, their checksum in 29 to 32.
		bomb.writeUInt32BE(10_000, 16);
		bomb.writeUInt32BE(10_000, 20);
		bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
		await expect(makeAvatar(bomb)).rejects.toMatchObject({ message: expect.stringContaining("too_many_pixels") });
	});
});

describe("the form of the profile", () => {
	it("saves everything, in the forms that are kept", async () => {
		const fields = {
			email: "o@example.com",
			phone: "067 123 45 67",
			timeZone: "lisbon",
			locale: "ru",
			"want-campaign-done": "on",
		};
		expect(await submit(fields, await photo(300, 200).png().toBuffer())).toBeUndefined();
		expect(profile()).toMatchObject({
			name: "Olena",
			email: "o@example.com",
			phone: "+380671234567",
			timeZone: "Europe/Lisbon",
			locale: "ru",
			muted: ["campaign.halted"],
			avatarKey: expect.stringMatching(/^[\w-]{22}$/),
			version: 2,
			login: "client",
		});
		expect(await submit({ version: "2", forgetAvatar: "on" })).toBeUndefined();
		expect(profile()).toMatchObject({ avatarKey: null, timeZone: null, locale: null });
		expect(readBooks((tx) => tx.sql("SELECT * FROM avatars").all())).toEqual([]);
		expect(readBooks((tx) => tx.sql("SELECT account_id FROM audit WHERE verb = 'profile.update'").all())).toHaveLength(
			2,
		);
	});

	it("says of each field what is wrong, keeps what was typed, and saves nothing", async () => {
		const typed = { name: " ", email: "a@", phone: "12", timeZone: "Atlantis" };
		const failed = await submit(typed, Buffer.from("no picture"));
		expect(failed).toMatchObject({ status: 422, values: typed });
		expect(Object.keys(failed!.errors).sort()).toEqual(["avatar", "email", "name", "phone", "timeZone"]);
		expect(profile()).toMatchObject({ name: "client", version: 1 });
		expect(await submit({}, new FileTooBigError())).toMatchObject({ status: 413 });
	});

	it("of two who edit at once tells the second, who may then save over it", async () => {
		await submit({ name: "First" });
		const second = await submit({ name: "Second" });
		expect(second).toMatchObject({ status: 409, values: { name: "Second", version: "2" } });
		expect(profile().name).toBe("First");
		expect(await submit(second!.values)).toBeUndefined();
		expect(profile().name).toBe("Second");
	});

	it("is closed to whoever has entered the cabinet", async () => {
		const inside = { ...actors.client, behindUserId: 20 };
		await expect(submitProfile(inside, { fields: FIELDS })).rejects.toMatchObject({ status: 403 });
	});
});

it("a picture is seen by the person, the same account and those above it, by nobody else", async () => {
	await submit({}, await photo(300, 200).png().toBuffer());
	const key = profile().avatarKey!;
	const seenBy = (actor: Actors["client"], me = actor.userId) =>
		readBooks((tx) => findAvatar(tx, { actor, user: { userId: me } } as SignedIn, actors.client.userId, key)) !==
		undefined;
	expect([actors.client, actors.dealer, actors.admin].map((actor) => seenBy(actor))).toEqual([true, true, true]);
	expect([actors.client2, actors.client3, actors.dealer2].map((actor) => seenBy(actor))).toEqual([false, false, false]);
	expect(seenBy(actors.dealer2, actors.client.userId), "one's own, in whatever cabinet one is").toBe(true);
	expect(
		readBooks((tx) =>
			findAvatar(tx, { actor: actors.client, user: { userId: 1 } } as SignedIn, actors.client2.userId, key),
		),
	).toBeUndefined();
});
