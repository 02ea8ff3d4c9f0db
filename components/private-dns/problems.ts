/** Problems of private DNS across manifests, reported before anything is registered. */
import { type Cidr, cidrProblem, contains, overlaps, prefixOf } from "../core/cidr.ts";
import type { Problem } from "../core/errors.ts";
import { defaultHubBlock, hubPrefix } from "./addresses.ts";
import type { Link } from "./plan.ts";
import type { DnsCell } from "./resolvers.ts";
import type { DnsSettings } from "./schema.ts";

/** Paths are below `dns` of the environment and of a cell. */
export interface DnsProblems {
  readonly environment: readonly Problem[];
  readonly cells: Readonly<Record<string, readonly Problem[]>>;
}

export function dnsProblems(
  settings: Pick<DnsSettings, "googleResolvers">,
  supernet: Cidr,
  cells: readonly DnsCell[],
  links: readonly Link[],
): DnsProblems {
  const connected = new Set(links.flat());
  const hub = cells.some(({ cloud, name }) => cloud === "gcp" && connected.has(name));
  return {
    environment: hub ? blockProblems(settings, supernet, cells) : [],
    cells: Object.fromEntries(
      cells.map((cell) => [cell.name, siteProblems(cell, connected.has(cell.name))]),
    ),
  };
}

function blockProblems(
  { googleResolvers }: Pick<DnsSettings, "googleResolvers">,
  supernet: Cidr,
  cells: readonly DnsCell[],
): Problem[] {
  const block = googleResolvers ?? defaultHubBlock(supernet);
  const path = "googleResolvers";
  if (googleResolvers !== undefined) {
    const got = googleResolvers;
    if (prefixOf(got) !== hubPrefix) {
      const message = `must be a /${hubPrefix}: all addresses except one are reserved, so that Cloud DNS can only use that one`;
      return [{ path, message, got }];
    }
    if (!contains(supernet, got)) {
      return [{ path, message: `must be in the environment's supernet ${supernet}`, got }];
    }
  }
  return cells
    .filter(({ cidr }) => !cidrProblem(cidr) && overlaps(block, cidr))
    .map(({ name, cidr }) =>
      googleResolvers === undefined
        ? {
            path,
            message: `is required: its default ${block} overlaps ${cidr} of cell "${name}"; set a /${hubPrefix} of ${supernet} that no cell uses`,
          }
        : { path, message: `must not overlap ${cidr} of cell "${name}"`, got: block },
    );
}

/** Other cells have routes to the site's CIDR block only. */
function siteProblems(cell: DnsCell, connected: boolean): Problem[] {
  if (cell.cloud !== "onprem" || cidrProblem(cell.cidr)) return [];
  if (connected && cell.resolvers.length === 0) {
    const message = `is required: addresses in ${cell.cidr} of the site's resolvers, which other cells query for its names`;
    return [{ path: "resolvers", message }];
  }
  return cell.resolvers.flatMap((got, index) => {
    const path = `resolvers[${index}]`;
    if (cell.resolvers.indexOf(got) < index) {
      return [{ path, message: "must not be listed twice", got }];
    }
    return contains(cell.cidr, `${got}/32`)
      ? []
      : [
          {
            path,
            message: `must be in the cell's CIDR block ${cell.cidr}, which other cells can reach`,
            got,
          },
        ];
  });
}
