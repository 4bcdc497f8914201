import { createServer } from "node:http";
import { onStop } from "#app/lib/stop-with-parent.ts";
import { tell } from "./tell.ts";

const server = createServer((_, response) => response.end(String(process.pid)));
server.listen(Number(process.env.PORT), process.env.HOST);
tell(`web started ${process.pid}`);
onStop(async () => {
	server.close();
	server.closeAllConnections();
	tell("web stopped");
});
