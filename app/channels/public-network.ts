import { lookup as resolve } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Everything that is not the public internet: our own machine and network, and what leads there by another name. */
const inside = new BlockList();
for (const [net, bits] of [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	// Link-local; clouds answer there with the machine's own credentials.
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["224.0.0.0", 4],
	["240.0.0.0", 4],
] as const)
	inside.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
	// "::", "::1" and IPv4 addresses in the forms that are out of use; mapped ones (::ffff:0:0/96) are checked as IPv4.
	["::", 96],
	// NAT64, Teredo, 6to4: IPv4 addresses in other clothes.
	["64:ff9b::", 96],
	["64:ff9b:1::", 48],
	["2001::", 32],
	["2002::", 16],
	["fc00::", 7],
	["fe80::", 10],
	["fec0::", 10],
	["ff00::", 8],
] as const)
	inside.addSubnet(net, bits, "ipv6");

/** Whether an IP address is none of the public internet. What is no address counts as inside. */
export function isInside(address: string): boolean {
	const family = isIP(address);
	return family === 0 || inside.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** Whether a URL's host, as URL has parsed it, is an address of the inside. A name is not: it is looked at when it is resolved. */
export function isInsideHost(hostname: string): boolean {
	const address = hostname.replace(/^\[|\]$/g, "");
	return isIP(address) !== 0 && isInside(address);
}

/**
 * Resolves as usual, and fails where any of the addresses is inside. It is the connection's own look-up, so that the address that was
 * looked at is the one that is connected to: a name that says something else a moment later gains nothing.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
	resolve(hostname, { ...options, all: true }, (error, addresses) => {
		const bad = error ? undefined : addresses.find(({ address }) => isInside(address));
		if (error || bad || !addresses[0]) {
			callback(error ?? new Error(`${hostname} is not on the public internet`), "", 0);
			return;
		}
		if (options.all) callback(null, addresses);
		else callback(null, addresses[0].address, addresses[0].family);
	});
};
