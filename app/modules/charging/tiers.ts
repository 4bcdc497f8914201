/**
 * What one account pays to the one above it for one message, in micro-units. A message's tiers begin with the account that sends and end
 * below the root, which takes the last tier's price; the root's own messages have none.
 */
export interface Tier {
	accountId: number;
	unitMicros: number;
}
