/** Private names of a cell on Google Cloud, and how people reach its private endpoints. */
import type * as gcp from "@pulumi/gcp";
import type { GcpClusterOutputs } from "../../components/cluster/contract.ts";
import type { GcpDatabase } from "../../components/database/gcp.ts";
import type { GcpNetworkOutputs } from "../../components/network/contract.ts";
import { GcpPeopleAccess } from "../../components/people-access/gcp.ts";
import { gcpPeopleSpecOf } from "../../components/people-access/specs.ts";
import { dnsCell } from "../../components/private-dns/cells.ts";
import { GcpPrivateDns } from "../../components/private-dns/gcp.ts";
import { lookUpManagedZone } from "../../components/private-dns/gcp-existing.ts";
import { privateDnsSpec } from "../../components/private-dns/specs.ts";
import { deployedOf } from "../environment/keys.ts";
import type { GcpCellInputs } from "./inputs.ts";

interface Context {
  readonly gcp: gcp.Provider;
  readonly network: GcpNetworkOutputs;
  readonly cluster: GcpClusterOutputs;
  readonly database: GcpDatabase | undefined;
}

export async function gcpNames(
  { cell, common, names, environment }: GcpCellInputs,
  { gcp, network }: Pick<Context, "gcp" | "network">,
): Promise<GcpPrivateDns | undefined> {
  const spec = names && privateDnsSpec(names.plan, dnsCell(cell), names.settings);
  if (spec?.cloud !== "gcp") return undefined;
  const hub = environment?.dns?.googleHub;
  const { existing: name, project } = spec;
  const facts =
    name === undefined ? undefined : await lookUpManagedZone({ project, name }, { provider: gcp });
  return new GcpPrivateDns(
    "dns",
    {
      ...common,
      spec,
      network,
      ...(facts && { facts }),
      ...(spec.hub && {
        hubNetworkId: deployedOf(environment, hub, "hub network for private names"),
      }),
    },
    { providers: { gcp } },
  );
}

export function gcpPeople(
  { cell, common, people }: GcpCellInputs,
  { gcp, cluster, database }: Omit<Context, "network">,
): GcpPeopleAccess | undefined {
  const reached = people?.reached[cell.name];
  if (cell.cloud !== "gcp" || people === undefined || reached === undefined) return undefined;
  const { project, region } = cell;
  const { dashboards = {} } = cell.people ?? {};
  const here = { project, region, dashboards };
  const spec = gcpPeopleSpecOf(people.settings, reached, cell.environment, here);
  if (spec === undefined) return undefined;
  return new GcpPeopleAccess(
    "people",
    { ...common, spec, cluster, database },
    { providers: { gcp } },
  );
}
