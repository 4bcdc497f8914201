import { execFileSync } from "node:child_process";

/** Two benches may run side by side where each has a slot of its own: networks, names, folder. */
export const SLOT = Number(process.env.REPLICATION_SLOT || 0);
/** All addresses of the bench are in here, and none of them leads anywhere else. */
const NET = `10.77.${7 + SLOT}`;
const BRIDGE = `tcbr${SLOT}`;
const OUTER = `tcv${SLOT}-`;
const SPACE = `tc${SLOT}-`;
/** Of the machine itself on the bridge: Postgres, the providers and the test are there. */
export const HOST_ADDRESS = `${NET}.254`;

/** Address by the name of a node: "n1" is the first; "s1" is the first of those that have no books. */
export function addressOf(name: string): string {
	if (name === "consul") return `${NET}.253`;
	return `${NET}.${(name.startsWith("s") ? 100 : 0) + Number(name.slice(1))}`;
}

export const namespaceOf = (name: string) => `${SPACE}${name}`;

function run(program: string, ...args: string[]): string {
	return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** What a program runs under to be on that node; the mounts stay everybody's, which `ip netns exec` would not have. */
export function onNode(name: string, command: string[]): [program: string, args: string[]] {
	return ["nsenter", [`--net=/run/netns/${namespaceOf(name)}`, ...command]];
}

const inNode = (name: string, ...command: string[]) => run(...flat(onNode(name, command)));
const flat = ([program, args]: [string, string[]]) => [program, ...args] as [string, ...string[]];

/** What a node should have anywhere, so that a connection whose packets vanish is given up in seconds (docs/decisions/084). */
const KERNEL = {
	tcp_retries2: 5,
	tcp_syn_retries: 2,
	tcp_keepalive_time: 5,
	tcp_keepalive_intvl: 2,
	tcp_keepalive_probes: 2,
};

/** A bridge and a network of its own for each name; whatever an earlier run left is gone first. */
export function makeNetwork(names: string[]): void {
	removeNetwork();
	run("ip", "link", "add", BRIDGE, "type", "bridge");
	run("ip", "addr", "add", `${HOST_ADDRESS}/24`, "dev", BRIDGE);
	run("ip", "link", "set", BRIDGE, "up");
	for (const name of names) {
		const outer = `${OUTER}${name}`.slice(0, 15);
		run("ip", "netns", "add", namespaceOf(name));
		run("ip", "link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", namespaceOf(name));
		run("ip", "link", "set", outer, "master", BRIDGE, "up");
		inNode(name, "ip", "addr", "add", `${addressOf(name)}/24`, "dev", "eth0");
		inNode(name, "ip", "link", "set", "eth0", "up");
		inNode(name, "ip", "link", "set", "lo", "up");
		for (const [key, value] of Object.entries(KERNEL))
			inNode(name, "sh", "-c", `echo ${value} > /proc/sys/net/ipv4/${key}`);
	}
}

export function removeNetwork(): void {
	for (const { name } of JSON.parse(run("ip", "-j", "netns", "list") || "[]") as { name: string }[])
		if (name.startsWith(SPACE)) run("ip", "netns", "del", name);
	const links = JSON.parse(run("ip", "-j", "link", "show") || "[]") as { ifname: string }[];
	for (const { ifname } of links)
		if (ifname === BRIDGE || ifname.startsWith(OUTER)) {
			try {
				run("ip", "link", "del", ifname);
			} catch {
				// It went with its namespace.
			}
		}
}

/** Packets between the node and these addresses vanish, both ways and without a word, until `heal`. */
export function partition(name: string, from: string[]): void {
	const peers = `{ ${from.join(", ")} }`;
	drop(name, `ip saddr ${peers}`, `ip daddr ${peers}`);
}

/** The same for one port of one address alone. */
export function cutOff(name: string, address: string, port: number): void {
	drop(name, `ip saddr ${address} tcp sport ${port}`, `ip daddr ${address} tcp dport ${port}`);
}

function drop(name: string, coming: string, going: string): void {
	inNode(name, "nft", "add", "table", "inet", "cut");
	for (const [hook, which] of [
		["input", coming],
		["output", going],
	] as const) {
		inNode(name, "nft", `add chain inet cut ${hook} { type filter hook ${hook} priority 0 ; }`);
		inNode(name, "nft", `add rule inet cut ${hook} ${which} drop`);
	}
}

export function heal(name: string): void {
	try {
		inNode(name, "nft", "delete", "table", "inet", "cut");
	} catch {
		// It was whole.
	}
}
