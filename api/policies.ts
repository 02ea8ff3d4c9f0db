/** Atoll's policy pack, for a repository's own pack that runs it and can add policies. */
export { controls } from "../policies/catalogue.ts";
export type { Control } from "../policies/control.ts";
export { type PackOptions, runPack } from "../policies/pack.ts";
