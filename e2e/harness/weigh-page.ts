import { request } from "node:http";
import { brotliDecompressSync } from "node:zlib";

export interface Weight {
	status: number;
	/** Bytes as they crossed the wire, compressed with brotli. */
	htmlBytes: number;
	/** Of all style sheets that the page names. */
	cssBytes: number;
	/** Their addresses. */
	styleSheets: string[];
}

/** Fetches a page and its style sheets as a browser that takes brotli does, and weighs what came over the wire. */
export async function weighPage(url: string, cookie = ""): Promise<Weight> {
	const html = await fetchRaw(url, cookie);
	const links = [
		...brotliDecompressSync(html.body)
			.toString("utf8")
			.matchAll(/<link\b[^>]*>/g),
	].map((match) => match[0]);
	const styleSheets = links
		.filter((link) => /rel="stylesheet"/.test(link))
		.map((link) => new URL(/href="([^"]+)"/.exec(link)?.[1] ?? "", url).href);
	const sheets = await Promise.all(styleSheets.map((address) => fetchRaw(address, cookie)));
	return {
		status: html.status,
		htmlBytes: html.body.length,
		cssBytes: sheets.reduce((sum, sheet) => sum + sheet.body.length, 0),
		styleSheets,
	};
}

function fetchRaw(url: string, cookie: string): Promise<{ status: number; body: Buffer }> {
	return new Promise((resolve, reject) => {
		const headers = { Cookie: cookie, "Accept-Encoding": "br", Accept: "text/html,text/css,*/*" };
		request(url, { headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on("data", (chunk: Buffer) => chunks.push(chunk));
			response.on("error", reject);
			response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
		})
			.on("error", reject)
			.end();
	});
}
