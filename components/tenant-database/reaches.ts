/** Where pods of a tenant connect to PostgreSQL, for their network policies. Pure. */
import { planAws, planGcp } from "../network/plan.ts";
import {
  type AwsCell,
  type GcpCell,
  type OnpremCell,
  type Written,
  zonesOf,
} from "../section/cell.ts";
import type { Reached } from "../section/tenant-section.ts";

type Reach = Omit<Reached, "to">;

const port = 5432;

/** The port of Cloud SQL's own proxy, which connectors and the Auth Proxy connect to. */
const connectorPort = 3307;

/** The isolated subnets, in which the proxy and the instances are. An existing network's are not known, but are in the cell's block. */
export function reachOnAws(cell: AwsCell): Reach {
  const { network = {} } = cell.sections;
  if (network.existing !== undefined) return { ports: [port], cidrs: [cell.cidr] };
  const { places } = network as { readonly places?: Readonly<Record<string, number>> };
  const { zones } = planAws({ ...cell, zones: [...zonesOf(cell)], places });
  return { ports: [port], cidrs: zones.map(({ isolated }) => isolated) };
}

/** The subnetwork in which Private Service Connect endpoints have their addresses. */
export function reachOnGcp(cell: GcpCell): Reach {
  const { network = {} } = cell.sections;
  const cidr = network.existing === undefined ? planGcp(cell).nodes : cell.cidr;
  return { ports: [port, connectorPort], cidrs: [cidr] };
}

/** @param own the namespace of the tenant's own cluster. @default the cell's */
export function reachOnprem({ sections }: OnpremCell, own?: string): Reach {
  return { ports: [port], namespaces: [own ?? databaseNamespace(sections.database)] };
}

/** The namespace of the cell's database, from a possibly invalid manifest. */
function databaseNamespace(written: Written = {}): string {
  const { namespace } = written;
  return typeof namespace === "string" ? namespace : "database";
}
