import { z } from "zod";
import { readCountry } from "#app/lib/country.ts";

/** What a person types as a country: a code or a name in any of our languages → ISO 3166 code; empty: any. */
export const countryField = z
	.string()
	.trim()
	.max(100, "routing:error.country")
	.default("")
	.transform((typed, context) => {
		const code = typed === "" ? "" : readCountry(typed);
		if (code === undefined) context.addIssue({ code: "custom", message: "routing:error.country" });
		return code ?? "";
	});
