/** What changes of people's access do to deployed access endpoints. */
import { type Changes, inPlace, losesBelow, replaces } from "../section/changes.ts";

const access = "the access of people, until the trust provider is attached again";

export const peopleChanges: Changes = {
  ...inPlace("groups", "aws.users", "aws.devices", "google"),
  ...replaces(access, "aws.users.type", "aws.devices.type", "aws.devices.tenantId"),
  ...replaces(
    "the access endpoints with their addresses",
    "aws.clientDomain",
    "google.accessPolicy",
  ),
  ...losesBelow("older access logs", "aws.retentionDays"),
};
