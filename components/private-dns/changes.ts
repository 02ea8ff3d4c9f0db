/** What changes of private names do to deployed zones. */
import { type Changes, inPlace, losesBelow, replaces } from "../section/changes.ts";

export const dnsChanges: Changes = {
  ...replaces("the zones with all their names", "domain", "existing"),
  ...inPlace("googleResolvers"),
  ...losesBelow("older query logs", "retentionDays"),
};
