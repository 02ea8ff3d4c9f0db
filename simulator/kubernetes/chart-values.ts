/** Charts with facts: their values' keys and their versions. Helm ignores unknown keys, so a misspelled setting has no effect. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CheckFailure, childPath, didYouMean, unknownValue } from "../schema/index.ts";
import { type Bag, isBag } from "../wire.ts";
import type { ChartFile, Keys } from "./chart-file.ts";

const folder = join(import.meta.dirname, "../generated/kubernetes/charts");
const loaded = new Map<string, ChartFile | undefined>();

/** The name of a chart without its repository: `karpenter` of `oci://public.ecr.aws/karpenter/karpenter`. */
export function chartName(chart: unknown): string {
  return String(chart).split("/").at(-1) ?? "";
}

function chartFile(name: string): ChartFile | undefined {
  if (!loaded.has(name)) loaded.set(name, /^[\w-]+$/.test(name) ? read(name) : undefined);
  return loaded.get(name);
}

function read(name: string): ChartFile | undefined {
  const path = join(folder, `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as ChartFile) : undefined;
}

/** Unknown keys of a release's values; empty for a chart that Atoll does not know. */
export function checkChartValues({ chart, values }: Bag): CheckFailure[] {
  const file = chartFile(chartName(chart));
  return file === undefined ? [] : unknownKeys(keysOf(file), values, "values");
}

/** The keys of a chart with those of its dependencies, which Helm passes on. */
function keysOf({ values, dependencies }: ChartFile): Keys {
  const names = Object.entries(dependencies);
  if (names.length === 0) return { global: null, ...values };
  const below = names.map(([key, name]): readonly [string, Keys | null] => {
    const file = chartFile(name);
    const own = values[key] ?? {};
    // An alias that is also a section of the chart has the keys of that section.
    if (file === undefined) return [key, key === name || !(key in values) ? null : own];
    return [key, merged(keysOf(file), { ...own, enabled: null })];
  });
  return { ...values, ...Object.fromEntries(below), global: null, tags: null };
}

function merged(one: Keys, other: Keys): Keys {
  const both = Object.entries(other).map(([key, keys]): readonly [string, Keys | null] => {
    const before = one[key];
    return [key, before && keys ? merged(before, keys) : key in one ? (before ?? null) : keys];
  });
  return { ...one, ...Object.fromEntries(both) };
}

function unknownKeys(keys: Keys, values: unknown, path: string): CheckFailure[] {
  if (!isBag(values)) return [];
  return Object.entries(values).flatMap(([name, value]) => {
    const at = childPath(path, name);
    const inner = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (inner !== undefined) return inner === null ? [] : unknownKeys(inner, value, at);
    const reason = `the chart has no such value and ignores it${didYouMean(name, Object.keys(keys))}`;
    return [{ property: at, reason }];
  });
}

/** The version of the application that a release of a chart installs; empty if Atoll does not know it. */
export function appVersionOf(chart: unknown, version: unknown): string {
  const file = chartFile(chartName(chart));
  if (file === undefined || version === unknownValue) return "";
  if (typeof version !== "string" || plain(version) === plain(file.version)) return file.appVersion;
  const same = plain(file.version) === plain(file.appVersion);
  return same ? `${file.appVersion.startsWith("v") ? "v" : ""}${plain(version)}` : "";
}

/** The newest version that Atoll knows, which is installed without `version`. */
export function newestVersion(chart: unknown): string {
  return chartFile(chartName(chart))?.version ?? "";
}

function plain(version: string): string {
  return version.replace(/^v/, "");
}
