import { readFileSync } from "node:fs";
import type { Sdk } from "./sdk.ts";

/**
 * The inputs for tags, by priority when a type has several: beside user labels, `labels` are settings (a notification channel's
 * address).
 */
const carriers = ["tags", "userLabels", "labels", "resourceLabels"] as const;

/**
 * The input for the tags of every type of the SDKs, found by a scan of the argument interfaces for a map of strings with one of these
 * names. AWS has `tags`. On GCP `tags` are network tags or resource-manager tags, so only labels count there.
 */
export function readTaggable(sdks: readonly Sdk[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const sdk of sdks) {
    const names =
      sdk.name === "gcp" ? carriers.filter((name) => name !== "tags") : carriers.slice(0, 1);
    for (const [type, module] of [...sdk.resources].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const text = readFileSync(`${module}.d.ts`, "utf8");
      const args = text.slice(text.lastIndexOf("export interface "));
      const carrier = names.find((name) => mapOfStrings(name).test(args));
      if (carrier && /^export interface \w+Args /.test(args)) found[type] = carrier;
    }
  }
  return found;
}

function mapOfStrings(name: string): RegExp {
  return new RegExp(
    `\\n {4}${name}\\?: pulumi\\.Input<\\{\\s*\\[key: string\\]: pulumi\\.Input<string>;\\s*\\} \\| undefined>;`,
  );
}
