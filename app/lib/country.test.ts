import { expect, it } from "vitest";
import { countryLabel, readCountry } from "./country.ts";
import { readTimeZone } from "./time-zone.ts";

it.each([
	["UA", "UA"],
	[" ua ", "UA"],
	["Ukraine (UA)", "UA"],
	["Украина", "UA"],
	["भारत", "IN"],
	["أوكرانيا", "UA"],
	["germany", "DE"],
	["Atlantis", undefined],
	["ZZ", undefined],
	["Ukraine (ZZ)", undefined],
	["", undefined],
])("the country %j is %s", (typed, code) => {
	expect(readCountry(typed)).toBe(code);
});

it("what a form shows is read back, in every language", () => {
	for (const locale of ["en", "ru", "hi", "ar"] as const) expect(readCountry(countryLabel(locale, "TR"))).toBe("TR");
});

it.each([
	["Europe/Kyiv", "Europe/Kyiv"],
	["europe/kyiv", "Europe/Kyiv"],
	["Kyiv", "Europe/Kyiv"],
	["new york", "America/New_York"],
	["Asia/Kolkata", "Asia/Kolkata"],
	["Asia/Calcutta", "Asia/Calcutta"],
	["UTC", "UTC"],
	["Mars/North", undefined],
	["+03:00", undefined],
	["", undefined],
])("the zone %j is %s", (typed, zone) => {
	expect(readTimeZone(typed)).toBe(zone);
});
