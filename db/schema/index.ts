export * from "./accounts.ts";
export * from "./campaigns.ts";
export * from "./evidence.ts";
export * from "./limits.ts";
export * from "./messages.ts";
export * from "./money.ts";
export * from "./routing.ts";
export * from "./stops.ts";
