/** From the plan to what the components are told. */
import type { DnsPlan } from "./plan.ts";
import type { DnsCell } from "./resolvers.ts";
import type {
  AwsPrivateDnsInput,
  DnsSettings,
  GcpPrivateDnsInput,
  GoogleHubInput,
  OnpremPrivateDnsInput,
} from "./schema.ts";

/** The spec of a cell's private names; undefined for a cell that the plan does not know. */
export function privateDnsSpec(
  plan: DnsPlan,
  cell: DnsCell,
  { retentionDays }: Pick<DnsSettings, "retentionDays">,
): AwsPrivateDnsInput | GcpPrivateDnsInput | OnpremPrivateDnsInput | undefined {
  const planned = plan.cells[cell.name];
  switch (planned?.cloud) {
    case "aws":
      return cell.cloud === "aws" ? { ...planned, region: cell.region, retentionDays } : undefined;
    case "gcp": {
      const { cloud, zone, hub } = planned;
      if (cell.cloud !== "gcp") return undefined;
      return { cloud, zone, hub, project: cell.project, domain: plan.domain };
    }
    default:
      return planned;
  }
}

/**
 * The spec of Google's hub; undefined where no Google cell is connected.
 *
 * @param network where the hub's network and its tunnels stand
 */
export function googleHubSpecOf(
  { hub }: DnsPlan,
  { project, region }: { readonly project: string; readonly region: string },
): GoogleHubInput | undefined {
  if (hub === undefined) return undefined;
  const { block, kept, entry, forwards } = hub;
  return { project, region, block, kept, entry, forwards };
}
