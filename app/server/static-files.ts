import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import type { NextFunction, Request, Response } from "express";

const TYPES: Record<string, string> = {
	".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".txt": "text/plain; charset=utf-8",
	".json": "application/json",
};

interface Served {
	type: string;
	isImmutable: boolean;
	/** By Content-Encoding; "" is the plain file. */
	bodies: Map<string, Buffer>;
}

/** Serves the client's build from memory (some hundred KB), in the form that the build compressed it to. */
export function staticFiles(folder: string): (req: Request, res: Response, next: NextFunction) => void {
	const files = load(folder);
	return (req, res, next) => {
		const file = req.method === "GET" || req.method === "HEAD" ? files.get(req.path) : undefined;
		if (!file) {
			next();
			return;
		}
		const encoding = ["br", "gzip"].find((one) => file.bodies.has(one) && req.acceptsEncodings(one)) ?? "";
		const body = file.bodies.get(encoding)!;
		res.set({
			"Content-Type": file.type,
			"Content-Length": String(body.length),
			Vary: "Accept-Encoding",
			// The names carry a hash of what is in them.
			"Cache-Control": file.isImmutable ? "public, max-age=31536000, immutable" : "public, max-age=3600",
		});
		if (encoding) res.set("Content-Encoding", encoding);
		res.end(req.method === "HEAD" ? undefined : body);
	};
}

function load(folder: string): Map<string, Served> {
	const files = new Map<string, Served>();
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		const path = join(entry.parentPath, entry.name);
		const type = TYPES[extname(entry.name)];
		const address = `/${relative(folder, path).split(sep).join("/")}`;
		if (!entry.isFile() || !type || address.startsWith("/.")) continue;
		const bodies = new Map([["", readFileSync(path)]]);
		if (existsSync(`${path}.br`)) bodies.set("br", readFileSync(`${path}.br`));
		if (existsSync(`${path}.gz`)) bodies.set("gzip", readFileSync(`${path}.gz`));
		files.set(address, { type, isImmutable: address.startsWith("/assets/"), bodies });
	}
	return files;
}
