/** Existing zones by cell, as manifests name them: what of it is wrong without looking them up. Pure. */
import type { Problem } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import type { DnsCell } from "./resolvers.ts";

const forms = {
  aws: {
    form: /^Z[A-Z0-9]{1,31}$/,
    error: 'must be the id of a hosted zone, such as "Z0123456789ABCDEFGHIJ"',
  },
  gcp: {
    form: /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    error: 'must be the name of a managed zone in the cell\'s project, such as "private"',
  },
} as const;

/**
 * The paths are below `dns` of the environment.
 *
 * @param names of all cells, those that could not be read among them
 */
export function existingZoneProblems(
  existing: Readonly<Record<string, string>> = {},
  cells: readonly Pick<DnsCell, "name" | "cloud">[],
  names: readonly string[],
): Problem[] {
  return Object.entries(existing).flatMap(([name, got]): Problem[] => {
    const path = `existing.${name}`;
    if (!names.includes(name)) {
      return [{ path, message: `no such cell in the environment${didYouMean(name, names)}` }];
    }
    const cloud = cells.find((cell) => cell.name === name)?.cloud;
    if (cloud === undefined) return [];
    if (cloud === "onprem") {
      return [
        { path, message: "is not supported on-premises: the site's resolvers have the zone" },
      ];
    }
    const { form, error } = forms[cloud];
    return form.test(got) ? [] : [{ path, message: error, got }];
  });
}
