/** Words that name a column of phone numbers wherever they stand in its heading. */
const WORDS = [
	..."phone phones phonenumber telephone tel mobile msisdn cell cellphone whatsapp viber".split(" "),
	..."телефон телефоны телефона телефону тел моб мобильный мобильного мобільний сотовый вайбер".split(" "),
	..."फ़ोन फोन मोबाइल टेलीफोन दूरभाष व्हाट्सऐप वाइबर".split(" "),
	..."هاتف الهاتف جوال الجوال موبايل الموبايل المحمول تليفون التليفون فايبر واتساب".split(" "),
];
/** Words that do so only when they are the whole heading: "number" may be of anything. */
const WHOLE = ["number", "numbers", "no", "номер", "номера", "номери", "नंबर", "संख्या", "رقم", "الرقم", "أرقام"];

/** Letters that look alike but are spelled in several ways (फ़ as one sign or two) become the same. */
function plain(text: string): string {
	return text.normalize("NFKD").toLowerCase().trim();
}

const words = new Set(WORDS.map(plain));
const whole = new Set(WHOLE.map(plain));

/** Whether a cell of the first row names a column of phone numbers, in English, Russian, Ukrainian, Hindi or Arabic. */
export function isPhoneHeader(cell: string): boolean {
	const text = plain(cell.replace(/^\ufeff/, "")).replace(/[.:#*]+$/, "");
	return whole.has(text) || text.split(/[\s_\-.:/()№#,]+/).some((word) => words.has(word));
}
