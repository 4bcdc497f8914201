import { wirePool } from "../pool.ts";

/** Notes what the books held when this epoch began. */
export async function noteBase(line: { epoch: number; baseEpoch: number; baseTxid: number }): Promise<void> {
	await wirePool().query("UPDATE wire.epochs SET base_epoch = $2, base_txid = $3 WHERE n = $1", [
		line.epoch,
		line.baseEpoch,
		line.baseTxid,
	]);
}
