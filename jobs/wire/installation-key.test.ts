import { beforeEach, expect, it } from "vitest";
import { joinCluster } from "#bin/supervisor/join-cluster.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { claimInstallationKey, isInstallationKey, keyFingerprint, noteInstallationKey } from "./installation-key.ts";
import { wirePool } from "./pool.ts";

await testWire();

const never = new AbortController().signal;
beforeEach(async () => {
	process.env.SECRET_KEY ??= "5e".repeat(32);
	await wirePool().query("DELETE FROM wire.installation");
});
const otherKey = () => wirePool().query("INSERT INTO wire.installation (key_fingerprint) VALUES ('of another key')");

it("the first node's key is the installation's", async () => {
	expect(await isInstallationKey(), "nobody has noted one").toBe(true);
	expect(await claimInstallationKey()).toBe(true);
	expect(await claimInstallationKey()).toBe(true);
	const { rows } = await wirePool().query("SELECT key_fingerprint AS is FROM wire.installation");
	expect(rows).toEqual([{ is: keyFingerprint() }]);
	expect(keyFingerprint(), "the key is not found by it").not.toContain(process.env.SECRET_KEY!.slice(0, 8));
});

it("a node with another key does not start; one that has the books alone is believed", async () => {
	await otherKey();
	expect(await isInstallationKey()).toBe(false);
	expect(await claimInstallationKey()).toBe(false);
	await expect(joinCluster(() => {}, never)).rejects.toThrow(/^SECRET_KEY: this installation has another one/);
	await noteInstallationKey();
	expect(await isInstallationKey()).toBe(true);
	await joinCluster(() => {}, never);
});
