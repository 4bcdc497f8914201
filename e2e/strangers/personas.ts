import type { AccountKind } from "#app/modules/access/actor.ts";
import { RIGHTS, type Right } from "#app/modules/access/rights.ts";
import { hashSessionToken, newSessionToken, SESSION_COOKIE } from "#app/modules/access/session-token.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { addEmployee, type Placed, type World } from "./world.ts";

/** Somebody who asks for pages, and what the guard should make of them. */
export interface Persona {
	name: string;
	/** Of the Cookie header; empty: nobody. */
	cookie: string;
	/** The account acted for; null where no page of a cabinet opens. */
	account: Placed | null;
	/** As whom: the owner of the account that was entered, for somebody inside. */
	userId: number;
	/** Paths of the branches within reach. */
	branches: string[];
	isEmployee?: true;
	/** What an employee's role lacks. */
	lacks: readonly Right[];
	/** The account of the person at the keyboard, where that is another. */
	home?: Placed;
	/** Someone from outside, in the account's cabinet. */
	inside?: "to look" | "to work";
	mustSetUpSecondFactor?: true;
	/** Only asked where this one right decides. */
	isOnlyFor?: Right;
}

interface Session {
	userId: number;
	accountId: number;
	isPending?: boolean;
	impersonationId?: number;
}

/** Longer than the walks take on any machine. */
const A_DAY_MS = 86_400_000;

/** Opens a session as signing in does; seen so late that no page writes down that somebody was here. */
function openSession(tx: Tx, session: Session): string {
	const token = newSessionToken();
	const now = Date.now();
	tx.sql(
		`INSERT INTO sign_in_sessions (token_hash, account_id, user_id, created_at_utc, seen_at_utc, expires_at_utc, is_pending,
			impersonation_id, address, user_agent)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, '198.51.100.9', 'Stranger')`,
	).run(
		hashSessionToken(token),
		session.accountId,
		session.userId,
		now,
		now + A_DAY_MS,
		now + A_DAY_MS,
		session.isPending ? 1 : 0,
		session.impersonationId ?? null,
	);
	return `${SESSION_COOKIE}=${token}`;
}

const owner = (tx: Tx, account: Placed, name: string): Persona => ({
	name,
	cookie: openSession(tx, { userId: account.ownerId, accountId: account.id }),
	account,
	userId: account.ownerId,
	branches: [account.path],
	lacks: [],
});

/** Whom no cabinet knows, though they hold a cookie. */
const shutOut = (tx: Tx, account: Placed, name: string, session: Partial<Session> = {}): Persona => ({
	...owner(tx, account, name),
	cookie: openSession(tx, { userId: account.ownerId, accountId: account.id, ...session }),
	account: null,
	branches: [],
});

function employee(tx: Tx, account: Placed, name: string, lacks: readonly Right[], only: Placed[] | null): Persona {
	const call = `${lacks.length}-${lacks[0] ?? "all"}-${only?.length ?? 0}`.replace(".", "-");
	const userId = addEmployee(
		tx,
		account,
		lacks,
		only?.map(({ id }) => id),
		call,
	);
	return {
		name,
		cookie: openSession(tx, { userId, accountId: account.id }),
		account,
		userId,
		branches: only ? only.map(({ path }) => path) : [account.path],
		lacks,
		isEmployee: true,
	};
}

function inside(tx: Tx, from: Placed, account: Placed, how: "to look" | "to work"): Persona {
	const now = Date.now();
	const { lastInsertRowid } = tx
		.sql(
			`INSERT INTO impersonations (account_id, user_id, behind_user_id, behind_account_id, reason, is_read_only, started_at_utc, ends_at_utc)
			VALUES (?, ?, ?, ?, 'Asked to help', ?, ?, ?)`,
		)
		.run(account.id, account.ownerId, from.ownerId, from.id, how === "to look" ? 1 : 0, now, now + A_DAY_MS);
	const session = { userId: from.ownerId, accountId: from.id, impersonationId: Number(lastInsertRowid) };
	return {
		...owner(tx, account, `${from.word} inside ${account.word} ${how}`),
		cookie: openSession(tx, session),
		home: from,
		inside: how,
	};
}

/** Everybody who asks. Each kind of cabinet has an employee without any right, and one for each right that only lacks that. */
export async function makePersonas({ accounts }: World): Promise<Persona[]> {
	const at = (word: string) => accounts[word]!;
	return inTx((tx) => [
		{ name: "nobody", cookie: "", account: null, userId: 0, branches: [], lacks: [] },
		shutOut(tx, at("blockley"), "the blocked"),
		shutOut(tx, at("closeham"), "the closed"),
		blockedEmployee(tx, at("dealerby")),
		shutOut(tx, at("victimov"), "the second factor awaited", { isPending: true }),
		owner(tx, at("siblings"), "another client"),
		owner(tx, at("farewell"), "a client of another dealer"),
		owner(tx, at("otherham"), "another dealer"),
		owner(tx, at("dealerby"), "the dealer above"),
		owner(tx, at("childers"), "the dealer below"),
		owner(tx, at("rootwick"), "the admin"),
		{ ...owner(tx, at("factorum"), "who must set up a second factor"), mustSetUpSecondFactor: true },
		employee(tx, at("dealerby"), "a dealer's employee for one branch", [], [at("childers")]),
		employee(tx, at("rootwick"), "the admin's employee for one dealer", [], [at("otherham")]),
		inside(tx, at("dealerby"), at("siblings"), "to look"),
		inside(tx, at("dealerby"), at("siblings"), "to work"),
		inside(tx, at("upperton"), at("childers"), "to look"),
		inside(tx, at("upperton"), at("childers"), "to work"),
		...(["siblings", "dealerby", "rootwick"] as const).flatMap((word) => [
			employee(tx, at(word), `an employee of ${word} without any right`, RIGHTS, null),
			...RIGHTS.map((right) => ({
				...employee(tx, at(word), `an employee of ${word} without ${right}`, [right], null),
				isOnlyFor: right,
			})),
		]),
	]);
}

function blockedEmployee(tx: Tx, account: Placed): Persona {
	const gone = employee(tx, account, "an employee who left", [], null);
	tx.sql("UPDATE users SET state = 'blocked' WHERE id = ? AND account_id = ?").run(gone.userId, account.id);
	return { ...gone, account: null, branches: [] };
}

/** Rights that the persona's account can have at all, by its kind. */
export function isGranted(persona: Persona, right: Right): boolean {
	const kind = persona.account?.kind as AccountKind | undefined;
	if (!kind || persona.lacks.includes(right)) return false;
	if (right.startsWith("providers.")) return kind === "admin";
	return !(right.startsWith("accounts.") && kind === "client");
}
