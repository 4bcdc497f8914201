import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LANGUAGES, SCHEMES, type Shot, WIDTHS } from "./take-shots.ts";

/** Writes index.html: a section for each page, its shots side by side, what sticks out or went wrong in words. */
export function writeIndex(folder: string, shots: Shot[]): string {
	const path = join(folder, "index.html");
	const names = [...new Set(shots.map((shot) => shot.page.name))];
	const sections = names.map((name) => sectionOf(shots.filter((shot) => shot.page.name === name)));
	const contents = names.map((name) => `<a href="#${name}">${name}</a>`).join(" ");
	writeFileSync(
		path,
		`<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title><style>
body { font: 14px system-ui; margin: 16px; background: #8883 } nav { display: flex; flex-wrap: wrap; gap: 4px 16px }
section > div { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start } figure { margin: 0 }
img { display: block; border: 1px solid #888 } img[data-width="1280"] { inline-size: 640px } b { color: #c00 }
</style><h1>${names.length} pages, ${WIDTHS.join(" and ")} px, ${SCHEMES.join(" and ")}, ${LANGUAGES.join(" and ")}</h1>
<nav>${contents}</nav>${sections.join("\n")}</html>\n`,
	);
	return path;
}

function sectionOf(shots: Shot[]): string {
	const { name, route, as } = shots[0]!.page;
	const figures = shots.map((shot) => {
		const wrong = [...(shot.overflow > 0 ? [`${shot.overflow} px too wide`] : []), ...shot.problems];
		const caption = `${shot.width} ${shot.scheme} ${shot.language} ${wrong.map((one) => `<b>${escapeHtml(one)}</b>`).join(" ")}`;
		return `<figure><figcaption>${caption}</figcaption><a href="${shot.file}"><img loading="lazy" data-width="${shot.width}" src="${shot.file}" alt=""></a></figure>`;
	});
	return `<section id="${name}"><h2>${name} <small>${escapeHtml(route)} · ${as ?? "nobody"}</small></h2><div>${figures.join("")}</div></section>`;
}

function escapeHtml(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
