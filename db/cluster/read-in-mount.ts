import { readFileSync } from "node:fs";

/**
 * A small file of LiteFS's own, as text. Not read "as utf8" in one call: Node ends the whole process where it cannot close what it reads so
 * (ReadFileUtf8 in its node_file.cc, seen with Node 24), and a LiteFS that goes just then cannot be told that it is closed.
 *
 * @throws where there is none, or LiteFS has gone
 */
export function readInMount(path: string): string {
	return readFileSync(path).toString("latin1");
}
