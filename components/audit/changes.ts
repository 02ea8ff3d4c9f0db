/** What changes of audit settings do to deployed trails and archives. */
import { type Changes, entriesOf, inPlace, renews, replaces, upwards } from "../section/changes.ts";

const archive = "the archive with its records, and the key that encrypts them";

export const auditChanges: Changes = {
  ...upwards(
    {
      source: "the retention of an archive is locked; S3 would only shorten it for new records",
      instead:
        "keep the days, or increase them. A permanent environment cannot become ephemeral, which locks its archives for one day: destroy it with --lift-protection",
    },
    "retentionDays",
  ),
  ...inPlace(
    "accounts.*.trail",
    "accounts.*.guardDuty",
    "accounts.*.config",
    "projects.*.dataAccess",
    "onprem",
  ),
  // A policy is of one organisation, folder or project.
  ...renews("projects.*.guardrails"),
  ...replaces(
    "the settings of the whole account or project that it made",
    "accounts.*.ownsAccount",
    "projects.*.ownsProject",
  ),
  ...replaces(archive, "accounts.*.region", "projects.*.region"),
  ...entriesOf("the trail, and the archive with its records", "accounts", "projects"),
};
