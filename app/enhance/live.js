// @ts-check
// Moves a campaign's figures in place by server-sent events; when its state changes the page is loaded anew, since what can be done changes.
const root = document.querySelector("[data-live]");

/** @typedef {{ total: number, sent: number, delivered: number, read: number } & Record<string, number>} Figures */

if (root instanceof HTMLElement) {
	const format = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);
	const percent = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`, {
		style: "percent",
		maximumFractionDigits: 1,
	});

	/** @param {string} selector @param {(one: HTMLElement) => void} change */
	const each = (selector, change) => {
		for (const one of root.querySelectorAll(selector)) if (one instanceof HTMLElement) change(one);
	};

	/** @param {Figures} figures */
	const show = (figures) => {
		/** @type {Record<string, number>} */
		const exactly = {
			...figures,
			sent: figures.sent - figures.delivered,
			delivered: figures.delivered - figures.read,
		};
		each("[data-figure]", (one) => {
			const key = one.dataset.figure ?? "";
			const value = key.startsWith("exactly-") ? exactly[key.slice(8)] : figures[key];
			one.textContent = format.format(Number(value));
		});
		each("[data-row]", (one) => {
			one.hidden = !exactly[one.dataset.row ?? ""];
		});
		each(".bar [data-part]", (one) => {
			one.style.flexGrow = String(exactly[one.dataset.part ?? ""]);
		});
		if (!figures.total) return;
		each("[data-share]", (one) => {
			one.textContent = percent.format(Number(figures[one.dataset.share ?? ""]) / figures.total);
		});
		each("[data-width]", (one) => {
			one.style.inlineSize = `${(Number(figures[one.dataset.width ?? ""]) / figures.total) * 100}%`;
		});
	};

	let lost = Number(root.dataset.lost);
	let isRenewing = false;
	// What went wrong is words that the server writes: fetched when more has gone wrong, at most every 3 s.
	const renewCauses = async () => {
		if (isRenewing) return;
		isRenewing = true;
		try {
			await new Promise((resolve) => setTimeout(resolve, 3000));
			const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
			const page = new DOMParser().parseFromString(await answer.text(), "text/html");
			const fresh = page.querySelector("[data-causes]");
			if (fresh) document.querySelector("[data-causes]")?.replaceWith(fresh);
		} catch {
			// No network for the moment: the next change asks again.
		}
		isRenewing = false;
	};

	const source = new EventSource(root.dataset.live ?? "");
	source.addEventListener("message", (event) => {
		/** @type {{ mark: string, figures: Figures }} */
		const { mark, figures } = JSON.parse(event.data);
		if (mark !== root.dataset.mark) {
			source.close();
			location.reload();
			return;
		}
		show(figures);
		if (figures.lost === lost) return;
		lost = figures.lost ?? 0;
		void renewCauses();
	});
	source.addEventListener("end", () => source.close());
	// A page that the browser puts aside must not hold a connection.
	addEventListener("pagehide", () => source.close());
}
