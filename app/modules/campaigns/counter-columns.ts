/** The columns of `campaign_counters n` that make Counters. */
export const COUNTER_COLUMNS = `n.queued, n.claimed, n.handed_over AS handedOver, n.unknown, n.sent, n.cancelled, n.rejected, n.failed,
	n.expired, n.delivered, n.read`;
