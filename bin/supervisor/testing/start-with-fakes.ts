import { runSupervisor } from "../run-supervisor.ts";

const here = "bin/supervisor/testing";

await runSupervisor({
	web: `${here}/fake-web.ts`,
	sidecar: `${here}/fake-sidecar.ts`,
	simulator: `${here}/fake-simulator.ts`,
	build: async () => {},
});
