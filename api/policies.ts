/** Atoll's policy pack, for a pack of one's own that runs it and may add to it. */
export { controls } from "../policies/catalogue.ts";
export type { Control } from "../policies/control.ts";
export { type PackOptions, runPack } from "../policies/pack.ts";
