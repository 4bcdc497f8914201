// @ts-check
// Says how many characters are left, as the server counts them: UTF-16 units, line ends as one (a textarea's value has "\n").
for (const place of document.querySelectorAll("[data-counter]")) {
	if (!(place instanceof HTMLElement)) continue;
	const area = document.getElementById(place.dataset.counter ?? "");
	if (!(area instanceof HTMLTextAreaElement)) continue;
	const max = Number(place.dataset.max);
	const format = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);
	const show = () => {
		const left = max - area.value.length;
		place.textContent = `${place.dataset.words} ${format.format(left)}`;
		place.classList.toggle("over", left < 0);
	};
	place.hidden = false;
	// Read out when typing rests, not at every key.
	place.setAttribute("aria-live", "off");
	area.addEventListener("input", show);
	area.addEventListener("blur", () => place.setAttribute("aria-live", "polite"));
	show();
}
