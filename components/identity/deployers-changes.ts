/** What changes of deployers do to the roles that CI jobs use. */
import { type Changes, entriesOf, inPlace, renews, replaces } from "../section/changes.ts";

export const deployersChanges: Changes = {
  ...entriesOf("the roles and service accounts of its CI jobs", "accounts", "projects"),
  ...inPlace("accounts.*.providers", "accounts.*.deployers", "projects.*.deployers"),
  // The member of its roles is the subject of the job.
  ...renews("projects.*.deployers.*.from"),
  ...replaces("the access of CI jobs until they use the new pool", "projects.*.edition"),
};
