import type { ServerResponse } from "node:http";
import type { Violation } from "./fake-request.ts";

/** An ApiError of the present endpoints. */
export function errorBody(status: number, description: string, violations: Violation[] = []) {
	return { errorCode: `E${status}`, description, action: "Check the request.", violations, resources: [] };
}

/** As older endpoints say it. */
export function oldErrorBody(text: string, validationErrors?: Record<string, string[]>) {
	return { requestError: { serviceException: { messageId: "BAD_REQUEST", text, validationErrors } } };
}

export function answer(response: ServerResponse, status: number, body: object): void {
	answerText(response, status, JSON.stringify(body));
}

export function answerText(
	response: ServerResponse,
	status: number,
	body: string,
	headers: Record<string, string> = {},
): void {
	response.writeHead(status, {
		"content-type": "application/json;charset=UTF-8",
		"content-length": Buffer.byteLength(body),
		...headers,
	});
	response.end(body);
}

/** The answer's head promises all of it; half comes, then the connection breaks. */
export function answerHalf(response: ServerResponse, body: string): void {
	response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
	response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy());
}
