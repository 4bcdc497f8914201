import { onStop } from "#app/lib/stop-with-parent.ts";
import { tell } from "./tell.ts";

tell(`simulator started ${process.pid}`);
setInterval(() => {}, 1_000);
onStop(async () => tell("simulator stopped"));
