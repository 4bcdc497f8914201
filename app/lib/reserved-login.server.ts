import { loginSkeleton } from "./login-skeleton.ts";
import { deriveSeed } from "./secrets.server.ts";

/**
 * What is kept of a login once its person's data has gone (users.login_skeleton): nobody can read it back, yet the login, and whatever
 * looks like it, is never given to anybody else. Holds as long as the installation's key does.
 */
export function reservedLogin(login: string): string {
	return `closed:${deriveSeed("reserved-login", loginSkeleton(login)).toString("base64url")}`;
}
