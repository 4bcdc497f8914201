// The raw limit of answering: node:http reads the body and says 200. Run as a process of its own.
import { createServer } from "node:http";

const server = createServer((request, response) => {
	request.on("data", () => {});
	request.on("end", () => response.end());
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as { port: number }).port }));
process.on("disconnect", () => process.exit(0));
