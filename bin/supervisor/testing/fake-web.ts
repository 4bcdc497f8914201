import { createServer } from "node:http";
import { onStop } from "#app/lib/stop-with-parent.ts";
import { tell } from "./tell.ts";

if (process.env.FAKE_WEB_FAILS) throw new Error("the fake web was told to fail");
const server = createServer((_, response) => response.end(String(process.pid)));
server.listen(Number(process.env.PORT), process.env.HOST);
tell(`web started ${process.pid}`);
onStop(async () => {
	server.close();
	server.closeAllConnections();
	tell("web stopped");
});
