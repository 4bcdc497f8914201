import { RemixBrowser } from "@remix-run/react";
import { hydrateRoot } from "react-dom/client";

// Runs only where a route asks for it by `handle.hydrate` (docs/decisions/020): no page loads it otherwise.
hydrateRoot(document, <RemixBrowser />);
