/** Infobip's callback that messages of these ids (ours, as it was told them) are delivered. */
export function receiptBody(externalIds: string[]): string {
	return JSON.stringify({
		results: externalIds.map((messageId) => ({
			bulkId: "b-77",
			messageId,
			to: "380671112233",
			sender: "DemoShop",
			sentAt: "2026-03-01T09:00:00.000+0000",
			doneAt: "2026-03-01T09:00:04.120+0000",
			messageCount: 1,
			mccMnc: "25501",
			price: { pricePerMessage: 0.02, currency: "EUR" },
			status: { groupId: 3, groupName: "DELIVERED", id: 5, name: "DELIVERED_TO_HANDSET", description: "Delivered" },
			error: { groupId: 0, groupName: "OK", id: 0, name: "NO_ERROR", description: "No error", permanent: false },
		})),
	});
}
