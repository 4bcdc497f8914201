/** Where a node tells the others of each transaction that has come into its books: lines of "<txid> <checksum>", the newest of those before first. */
export const STEPS_PATH = "/internal/steps";
