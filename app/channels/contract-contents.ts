import type { ChannelLimits, Content, ContentKind } from "./channel.ts";

const frame = { sender: "DemoShop", validitySeconds: 3600 };
export const content: Content = { ...frame, kind: "text", text: 'Sale — "50 %" off ✓\n' };

/** One of each kind; the texts are what people write. */
export const CONTENTS: Record<ContentKind, (limits: ChannelLimits) => Content> = {
	text: ({ textMax }) => ({ ...frame, kind: "text", text: "я".repeat(textMax) }),
	image: () => ({ ...frame, kind: "image", imageUrl }),
	image_text: () => ({ ...frame, kind: "image_text", text: "नई तस्वीर", imageUrl }),
	text_button: ({ captionMax }) => ({ ...frame, kind: "text_button", text: "اقرأ", button: buttonOf(captionMax) }),
	image_text_button: ({ textMax, imageTextMax = textMax, captionMax }) => ({
		...frame,
		kind: "image_text_button",
		text: "b".repeat(imageTextMax),
		imageUrl,
		button: buttonOf(captionMax),
	}),
};
const imageUrl = "https://shop.example.com/пример.jpg?a=1&b=2";
const buttonOf = (captionMax: number) => ({ caption: "Ж".repeat(captionMax), url: "https://shop.example.com/#top" });
