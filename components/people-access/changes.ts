/** What changes of people's access do to deployed access endpoints. */
import {
  type Changes,
  inPlace,
  losesBelow,
  losesBy,
  renews,
  replaces,
} from "../section/changes.ts";

const access = "the access of people, until the trust provider is attached again";

export const peopleChanges: Changes = {
  ...inPlace("groups", "aws.devices", "google"),
  ...replaces(access, "aws.users", "aws.devices.type", "aws.devices.tenantId"),
  ...inPlace("aws.users.clientSecret", "aws.users.scope"),
  // A binding is of one group in one organisation.
  ...renews("groups.*.googleId", "google.organization"),
  ...losesBy("the names of clusters in the old domain", "aws.clientDomain"),
  ...replaces("the access of people, until its levels are made again", "google.accessPolicy"),
  ...losesBelow("older access logs", "aws.retentionDays"),
};
