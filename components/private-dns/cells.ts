/** The cells of an environment as inputs of the plan of names. Pure. */
import type { Places } from "../network/places.ts";
import { type SectionCell, zonesOf } from "../section/cell.ts";
import type { Link } from "./plan.ts";
import type { DnsCell } from "./resolvers.ts";
import type { OnpremDnsSettings } from "./schema.ts";

/** A cell, on-premises with the resolvers of its manifest. */
export type NamedCell = SectionCell & { readonly dns?: OnpremDnsSettings | undefined };

export function dnsCell(cell: NamedCell): DnsCell {
  const { name, cidr } = cell;
  switch (cell.cloud) {
    case "aws": {
      const { cloud, account, region, sections } = cell;
      const { places } = (sections.network ?? {}) as { readonly places?: Places };
      return {
        ...{ name, cidr, cloud, account, region, zones: zonesOf(cell) },
        ...(places && { places }),
      };
    }
    case "gcp":
      return { name, cidr, cloud: cell.cloud, project: cell.project };
    case "onprem":
      return { name, cidr, cloud: cell.cloud, resolvers: cell.dns?.resolvers ?? [] };
  }
}

/** The pairs of the reachability matrix; cells that do not exist are reported with the matrix. */
export function linksOf(
  reachability: readonly { readonly from: string; readonly to: string }[],
  cells: readonly { readonly name: string }[],
): Link[] {
  const known = new Set(cells.map(({ name }) => name));
  return reachability
    .filter(({ from, to }) => known.has(from) && known.has(to))
    .map(({ from, to }): Link => [from, to]);
}
