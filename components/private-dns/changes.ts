/** What changes of private names do to deployed zones. */
import { type Changes, losesBelow, replaces } from "../section/changes.ts";

export const dnsChanges: Changes = {
  ...replaces("the zones with all their names", "domain", "existing"),
  ...replaces(
    "the addresses that other cells resolve Google's names at, until their next up",
    "googleResolvers",
  ),
  ...losesBelow("older query logs", "retentionDays"),
};
