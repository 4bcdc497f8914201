import { buildWeb } from "./build/build-web.ts";

// With the packages that bin/setup.mjs installed: all that the first `npm start` would otherwise do, e.g. for an image.
await buildWeb((line) => console.log(line));
