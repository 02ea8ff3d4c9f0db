import { z } from "zod";

/** A minor version of Kubernetes in standard support. */
export interface SupportedVersion {
  /** Announced last day of standard support. For information only: the table decides what is supported, not the date. */
  readonly endOfStandardSupport: string;
}

/**
 * The supported versions. A version is added after its add-ons and node images are pinned, and removed when its standard
 * support ends, so a release of Atoll behaves the same on every day.
 *
 * Sources, as of 2026-08-22: "Kubernetes version lifecycle" of the EKS user guide, "GKE release schedule" (REGULAR channel),
 * "Patch releases" of kubernetes.io; all three as collected by endoflife.date.
 */
export const supportedVersions = {
  eks: {
    "1.34": { endOfStandardSupport: "2026-12-02" },
    "1.35": { endOfStandardSupport: "2027-03-27" },
    "1.36": { endOfStandardSupport: "2027-08-02" },
  },
  gke: {
    "1.34": { endOfStandardSupport: "2026-10-01" },
    "1.35": { endOfStandardSupport: "2027-04-11" },
    "1.36": { endOfStandardSupport: "2027-08-09" },
  },
  upstream: {
    "1.34": { endOfStandardSupport: "2026-10-27" },
    "1.35": { endOfStandardSupport: "2027-02-28" },
    "1.36": { endOfStandardSupport: "2027-06-28" },
  },
} as const satisfies Record<string, Record<string, SupportedVersion>>;

export type Distribution = keyof typeof supportedVersions;
export type EksVersion = keyof (typeof supportedVersions)["eks"];

/** A version in the table of this distribution, in quotes: YAML reads a bare 1.30 as the number 1.3. */
export function kubernetesVersion<D extends Distribution>(distribution: D) {
  const known = Object.keys(
    supportedVersions[distribution],
  ) as (keyof (typeof supportedVersions)[D] & string)[];
  const quoted = known.map((version) => `"${version}"`).join(", ");
  return z.enum(known, {
    error: ({ input }) =>
      typeof input === "number"
        ? `must be in quotes, and one of the versions in standard support: ${quoted}`
        : `must be a version in standard support: ${quoted}`,
  });
}

/** `1.34` of `1.34.9-gke.1287000`. */
export function minorOf(version: string | undefined): string | undefined {
  return /^\d+\.\d+/.exec(version ?? "")?.[0];
}
