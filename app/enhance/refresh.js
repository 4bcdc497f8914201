// @ts-check
// Fetches the page anew in place, as long as it asks for it with data-refresh="seconds". Stops while nobody looks.
const main = document.querySelector("main");

async function again() {
	if (document.hidden) {
		document.addEventListener("visibilitychange", () => void again(), { once: true });
		return;
	}
	try {
		const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		const fresh = page.querySelector("main");
		// Another page than this one (signed out, moved on to the review): go there properly.
		if (!answer.ok || answer.redirected || !fresh || !main) return location.reload();
		const focused = document.activeElement?.id;
		main.replaceChildren(...fresh.childNodes);
		if (focused) document.getElementById(focused)?.focus();
	} catch {
		// No network for the moment: the next look will tell.
	}
	wait();
}

function wait() {
	const asked = document.querySelector("[data-refresh]");
	if (asked instanceof HTMLElement) setTimeout(() => void again(), Number(asked.dataset.refresh) * 1000);
}

wait();
