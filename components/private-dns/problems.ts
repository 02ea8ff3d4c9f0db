/** What is wrong with private names between manifests: told with everything else, before anything is registered. */
import { type Cidr, cidrProblem, contains, overlaps, prefixOf } from "../core/cidr.ts";
import type { Problem } from "../core/errors.ts";
import { defaultHubBlock, hubPrefix } from "./addresses.ts";
import type { Link } from "./plan.ts";
import type { DnsCell } from "./resolvers.ts";
import type { DnsSettings } from "./schema.ts";

/** The paths are below `dns` of the environment and of a cell. */
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
      const message = `must be a /${hubPrefix}: all of its addresses but one are taken, so that Google has one left for its resolver`;
      return [{ path, message, got }];
    }
    if (!contains(supernet, got)) {
      return [{ path, message: `must lie in the environment's supernet ${supernet}`, got }];
    }
  }
  return cells
    .filter(({ cidr }) => !cidrProblem(cidr) && overlaps(block, cidr))
    .map(({ name, cidr }) =>
      googleResolvers === undefined
        ? {
            path,
            message: `is required: its default ${block} lies in ${cidr} of cell "${name}"; name a /${hubPrefix} of ${supernet} that no cell has`,
          }
        : { path, message: `must not overlap ${cidr} of cell "${name}"`, got: block },
    );
}

/** Other cells have routes to the site's block alone. */
function siteProblems(cell: DnsCell, connected: boolean): Problem[] {
  if (cell.cloud !== "onprem" || cidrProblem(cell.cidr)) return [];
  if (connected && cell.resolvers.length === 0) {
    const message = `is required: addresses of the site's own resolvers in ${cell.cidr}, which other cells ask for its names`;
    return [{ path: "resolvers", message }];
  }
  return cell.resolvers.flatMap((got, index) => {
    const path = `resolvers[${index}]`;
    if (cell.resolvers.indexOf(got) < index) {
      return [{ path, message: "must not be listed twice", got }];
    }
    return contains(cell.cidr, `${got}/32`)
      ? []
      : [{ path, message: `must lie in the cell's block ${cell.cidr}: others ask it there`, got }];
  });
}
