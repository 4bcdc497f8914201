import { closeBooks } from "#db/client.ts";
import { BooksAwayError, readBooks } from "#db/tx.ts";

/** Opens the books of LITEFS_DIR, reads and closes them so many times; says "open" once it has done so, as a web's start does before it listens. */
const TIMES = Number(process.argv[2]);

for (let at = 0; at < TIMES; at++) {
	try {
		readBooks((tx) => tx.sql("SELECT count(*) FROM campaigns").get());
	} catch (error) {
		// LiteFS applies something large just now.
		if (!(error instanceof BooksAwayError)) throw error;
	}
	closeBooks();
	if (at === 0) process.stdout.write("open\n");
}
