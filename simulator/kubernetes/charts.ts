/** What charts install, by their versions and values. */
import { valueAt } from "../outputs/making.ts";
import { customKinds } from "../schema/index.ts";
import type { Bag } from "../wire.ts";
import { chartName } from "./chart-values.ts";
import { type Provision, provisions } from "./provisions.ts";

/** An API version of a cluster. */
export interface Served {
  /** As in objects: `kafka.strimzi.io/v1`. */
  readonly apiVersion: string;
  /** Only these kinds; all if absent. */
  readonly kinds?: readonly string[];
}

/** The API versions that a chart's release installs; none for a chart without definitions. */
export function servedByRelease({ chart, version, values, skipCrds }: Bag): Served[] {
  if (skipCrds === true) return [];
  return (provisions[chartName(chart)] ?? [])
    .filter((provision) => isIn(provision, version))
    .filter(({ when }) => when === undefined || (setting(values, when[0]) ?? when[1]) === true)
    .flatMap(({ serves, project, switchOf }) =>
      serves.map((apiVersion) => {
        const known = customKinds(apiVersion, project);
        const off = known.filter((kind) => switchOf && setting(values, switchOf(kind)) === false);
        const narrow = project !== undefined || off.length > 0;
        return {
          apiVersion,
          ...(narrow && { kinds: known.filter((kind) => !off.includes(kind)) }),
        };
      }),
    );
}

function isIn({ since, until }: Provision, version: unknown): boolean {
  // Without a version, the newest is installed.
  if (typeof version !== "string" || version === "") return until === undefined;
  return !isBefore(version, since) && (until === undefined || isBefore(version, until));
}

function setting(values: unknown, path: string): unknown {
  return valueAt(values, path.split("."));
}

/** The charts that can install a kind, with the version and value that it needs, for messages. */
export function chartsThatServe(apiVersion: string, kind: string): string[] {
  return Object.entries(provisions).flatMap(([name, own]) => {
    const found = own.find(
      ({ serves, project }) =>
        serves.includes(apiVersion) &&
        (project === undefined || customKinds(apiVersion, project).includes(kind)),
    );
    return found ? [`${name}${condition(found)}`] : [];
  });
}

function condition({ until, when }: Provision): string {
  const parts = [
    ...(until === undefined ? [] : [`before ${until}`]),
    ...(when === undefined || when[1] ? [] : [`with ${when[0]}`]),
  ];
  return parts.length === 0 ? "" : ` ${parts.join(" ")}`;
}

function isBefore(version: string, other: string): boolean {
  const [one, two] = [version, other].map((text) =>
    text.replace(/^v/, "").split(/[.+-]/).slice(0, 3).map(Number),
  );
  for (const [index, part] of (two ?? []).entries()) {
    const mine = one?.[index] ?? 0;
    if (mine !== part) return mine < part;
  }
  return false;
}
