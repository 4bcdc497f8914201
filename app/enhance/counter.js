// @ts-check
// Says how many characters are left, as the server counts them: UTF-16 units, line ends as one (a textarea's value has "\n"); for SMS
// how many parts it is sent as, too (the rules of app/modules/campaigns/sms-parts.ts).

/** @param {string} text @param {string} basic @param {string} extended */
const partsOf = (text, basic, extended) => {
	const letters = [...text];
	const isGsm = letters.every((one) => basic.includes(one) || extended.includes(one));
	const widths = letters.map((one) => (isGsm ? (basic.includes(one) ? 1 : 2) : one.length));
	if (widths.reduce((sum, width) => sum + width, 0) <= (isGsm ? 160 : 70)) return 1;
	const room = isGsm ? 153 : 67;
	let parts = 1;
	let filled = 0;
	for (const width of widths) {
		if (filled + width > room) {
			parts++;
			filled = 0;
		}
		filled += width;
	}
	return parts;
};

for (const place of document.querySelectorAll("[data-counter]")) {
	if (!(place instanceof HTMLElement)) continue;
	const { dataset } = place;
	const area = document.getElementById(dataset.counter ?? "");
	const sender = document.getElementById(dataset.sender ?? "");
	if (!(area instanceof HTMLTextAreaElement) || !(sender instanceof HTMLSelectElement)) continue;
	/** @type {Record<string, number>} */
	const limits = JSON.parse(dataset.limits ?? "{}");
	const format = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);
	const show = () => {
		const channel = sender.value.split(":")[0] ?? "";
		const max = limits[channel];
		place.hidden = max === undefined;
		if (max === undefined) return;
		const left = max - area.value.length;
		let text = `${dataset.words} ${format.format(left)}`;
		if (channel === "sms") {
			const parts = partsOf(area.value, `${dataset.gsm}\n\r`, `${dataset.escaped}\f`);
			text += `. ${dataset.parts} ${format.format(parts)}`;
		}
		place.textContent = text;
		place.classList.toggle("over", left < 0);
	};
	// Read out when typing rests, not at every key.
	place.setAttribute("aria-live", "off");
	area.addEventListener("input", show);
	sender.addEventListener("change", show);
	area.addEventListener("blur", () => place.setAttribute("aria-live", "polite"));
	show();
}
