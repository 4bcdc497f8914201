import { expect, it } from "vitest";
import { importDirection, layerOf, MAY_IMPORT } from "./import-direction.ts";
import { lintFile } from "./rule.ts";

const check = (path: string, name: string) => importDirection.check([lintFile(path, `import { a } from "${name}";`)]);

it.each([
	["app/modules/campaigns/start-campaign.server.ts", "#app/routes/client+/index.tsx"],
	["app/modules/campaigns/start-campaign.server.ts", "#app/components/table.tsx"],
	["app/modules/campaigns/start-campaign.server.ts", "#jobs/tasks/prepare-campaign.ts"],
	["app/modules/campaigns/start-campaign.server.ts", "@remix-run/node"],
	["app/modules/campaigns/start-campaign.server.ts", "react"],
	["app/lib/money.ts", "#app/modules/access/actor.ts"],
	["app/channels/viber/infobip-viber/adapter.server.ts", "#db/client.ts"],
	["app/channels/viber/infobip-viber/adapter.server.ts", "../../../../db/client.ts"],
	["app/channels/viber/infobip-viber/adapter.server.ts", "better-sqlite3"],
	["jobs/tasks/prepare-campaign.ts", "#app/routes/client+/index.tsx"],
	["app/routes/client+/index.tsx", "#db/client.ts"],
	["app/routes/client+/index.tsx", "#jobs/tasks/prepare-campaign.ts"],
	["app/routes/client+/index.tsx", "drizzle-orm"],
	["db/client.ts", "#app/modules/access/actor.ts"],
	["app/modules/campaigns/a.ts", "#db/testing/books.ts"],
])("%s must not import %s", (path, name) => expect(check(path, name)).toHaveLength(1));

it.each([
	["app/routes/client+/index.tsx", "#app/modules/campaigns/list-campaigns.queries.server.ts"],
	["app/routes/client+/index.tsx", "@remix-run/node"],
	["app/routes/client+/index.tsx", "#db/tx.ts"],
	["app/modules/campaigns/start-campaign.server.ts", "#jobs/outbox.ts"],
	["app/modules/campaigns/start-campaign.server.ts", "../access/actor.ts"],
	["app/modules/audiences/read-audience.server.ts", "#jobs/wire/pool.ts"],
	["jobs/tasks/prepare-campaign.ts", "#app/modules/campaigns/prepare-campaign.server.ts"],
	["app/channels/registry.ts", "./viber/infobip-viber/adapter.server.ts"],
	["app/modules/campaigns/a.test.ts", "#db/testing/books.ts"],
])("%s may import %s", (path, name) => expect(check(path, name)).toEqual([]));

it("sees re-exports and dynamic imports", () => {
	const text = 'export * from "#app/routes/a.tsx"; const b = () => import("#app/routes/b.tsx");';
	expect(importDirection.check([lintFile("app/modules/a/b.ts", text)])).toHaveLength(2);
});

it("lets the wire name the modules' types, and nothing of theirs that runs", () => {
	const path = "jobs/wire/record-intent.ts";
	const from = '"#app/modules/messages/claim-messages.server.ts"';
	expect(importDirection.check([lintFile(path, `import type { Claim } from ${from};`)])).toEqual([]);
	expect(importDirection.check([lintFile(path, `import { claim } from ${from};`)])).toHaveLength(1);
});

it("lets no two of the great layers import each other", () => {
	for (const layer of ["routes", "modules", "channels", "lib", "db", "jobs"])
		for (const other of MAY_IMPORT[layer] ?? [])
			if (["routes", "modules", "channels", "lib", "db", "jobs"].includes(other))
				expect(MAY_IMPORT[other], `${layer} and ${other}`).not.toContain(layer);
});

it("knows the layers of the paths that the rule is about", () => {
	expect(layerOf("jobs/catalog.ts")).toBe("queue");
	expect(layerOf("jobs/tasks/send-campaign.ts")).toBe("jobs");
	expect(layerOf("app/server.ts")).toBe("routes");
});
