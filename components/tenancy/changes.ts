/** What changes of an environment's tenancy, and of a cell's, do to what is deployed. */
import { type Changes, entriesOf, inPlace } from "../section/changes.ts";

export const tenancyChanges: Changes = {
  ...inPlace("domains", "ratePlans", "scopes", "reserved"),
  ...entriesOf(
    "nothing of tenants: they are refused until their manifests name another tier",
    "tiers",
  ),
};

export const cellTenancyChanges: Changes = inPlace("most", "only", "own", "quotas");
