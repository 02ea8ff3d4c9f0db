/** Turns the plan into the specs of the components. */
import type { DnsPlan } from "./plan.ts";
import type { DnsCell } from "./resolvers.ts";
import type {
  AwsPrivateDnsInput,
  DnsSettings,
  GcpPrivateDnsInput,
  GoogleHubInput,
  OnpremPrivateDnsInput,
} from "./schema.ts";

/** The spec of a cell's private DNS. Undefined for a cell that is not in the plan. */
export function privateDnsSpec(
  plan: DnsPlan,
  cell: DnsCell,
  { retentionDays, existing }: Pick<DnsSettings, "retentionDays" | "existing">,
): AwsPrivateDnsInput | GcpPrivateDnsInput | OnpremPrivateDnsInput | undefined {
  const planned = plan.cells[cell.name];
  const zoneId = existing?.[cell.name];
  const found = zoneId === undefined ? {} : { existing: zoneId };
  switch (planned?.cloud) {
    case "aws":
      return cell.cloud === "aws"
        ? { ...planned, region: cell.region, retentionDays, ...found }
        : undefined;
    case "gcp": {
      const { cloud, zone, hub } = planned;
      if (cell.cloud !== "gcp") return undefined;
      return { cloud, zone, hub, project: cell.project, domain: plan.domain, ...found };
    }
    default:
      return planned;
  }
}

/**
 * The spec of the Google Cloud hub. Undefined without connected Google Cloud cells.
 *
 * @param network location of the hub's network and its tunnels
 */
export function googleHubSpecOf(
  { hub }: DnsPlan,
  { project, region }: { readonly project: string; readonly region: string },
): GoogleHubInput | undefined {
  if (hub === undefined) return undefined;
  const { block, kept, entry, forwards } = hub;
  return { project, region, block, kept, entry, forwards };
}
