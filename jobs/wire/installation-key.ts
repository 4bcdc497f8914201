import { deriveSeed } from "#app/lib/secrets.server.ts";
import { wirePool } from "./pool.ts";

/** The processes of one installation derive the same from their key, and nobody finds the key by it. */
export function keyFingerprint(): string {
	return deriveSeed("fingerprint", "installation").toString("hex").slice(0, 32);
}

/** Whether this process has the installation's SECRET_KEY; true where nobody has noted one yet. */
export async function isInstallationKey(): Promise<boolean> {
	const { rows: table } = await wirePool().query("SELECT to_regclass('wire.installation') AS at");
	if (table[0]?.at === null) return true;
	const { rows } = await wirePool().query<{ fingerprint: string }>(
		"SELECT key_fingerprint AS fingerprint FROM wire.installation",
	);
	return rows[0] === undefined || rows[0].fingerprint === keyFingerprint();
}

/** Notes the key as the installation's, unless another is; for one of several nodes. @returns whether it is the installation's */
export async function claimInstallationKey(): Promise<boolean> {
	await wirePool().query("INSERT INTO wire.installation (key_fingerprint) VALUES ($1) ON CONFLICT DO NOTHING", [
		keyFingerprint(),
	]);
	return isInstallationKey();
}

/** Notes the key as the installation's, whatever was: for the one node that has the books alone. */
export async function noteInstallationKey(): Promise<void> {
	await wirePool().query(
		`INSERT INTO wire.installation (key_fingerprint) VALUES ($1)
		 ON CONFLICT (is_only) DO UPDATE SET key_fingerprint = excluded.key_fingerprint, at = now()
		  WHERE installation.key_fingerprint <> excluded.key_fingerprint`,
		[keyFingerprint()],
	);
}
