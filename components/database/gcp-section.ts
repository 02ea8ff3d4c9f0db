import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { GcpDatabase } from "./gcp.ts";
import type { GcpDatabaseReference } from "./grant.ts";
import type { GcpDatabaseSpec } from "./schema.ts";

export function build(spec: GcpDatabaseSpec, cell: SectionBuild<"gcp">): GcpDatabase {
  return new GcpDatabase(
    cell.name,
    {
      ...cell.common,
      // Tenants have databases in the main one.
      spec: { ...spec, tenants: spec.tenants && cell.main === undefined },
      network: cell.needed(network),
      keys: { data: cell.key("databases") },
    },
    cell.opts(),
  );
}

export function references({ instanceName }: GcpDatabase): Record<string, GcpDatabaseReference> {
  return { main: { instance: instanceName } };
}
