import type { ChannelAdapter, ChannelName } from "./channel.ts";
import type { ControlInput } from "./fake/script.ts";

/** What the contract needs of an adapter's fake, started afresh for each test. */
export interface ContractFake<Settings> {
	settings: Settings;
	/** With a key that the fake does not take. */
	wrongSettings: Settings;
	/** To an address where nobody listens. */
	unreachableSettings: Settings;
	control(input: ControlInput): void;
	/** How often the fake has written to the number. */
	writtenTo(number: string): number;
	/** Told before the first send, where the provider learns its callback address not by the send but by its own settings. */
	callBackTo?(url: string): void;
	close(): Promise<void>;
}

export interface Contract<Settings> {
	adapter: ChannelAdapter<Settings>;
	startFake(): Promise<ContractFake<Settings>>;
	/** Numbers that are taken and then delivered and read; as many as asked for. */
	goodNumbers(count: number): string[];
	/** A number that is refused for ever in the answer to the send. */
	refusedNumber: string;
	/** Its signature vouches for who called, not for what was said: it stands in the body and is made of no more than the call's own id. */
	signsOnlyTheCall?: boolean;
	/** Its answer names those alone whom it refuses: who is not named was taken. */
	listsOnlyRefused?: boolean;
	/** The channels on which nobody is told to have read it. */
	neverRead?: readonly ChannelName[];
	/** It speaks no HTTP: it has neither 5xx nor Retry-After. */
	isNoHttp?: boolean;
}
