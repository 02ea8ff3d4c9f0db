/** The encryption keys of an environment, as a section of its manifest. */

import { z } from "zod";
import { defineEnvironmentSection, type SectionEntries } from "../section/environment-section.ts";
import { keysChanges } from "./changes.ts";
import { type KeysSettings, keysSettings } from "./schema.ts";

/** By target id, then by purpose: an ARN on AWS, a resource name on Google Cloud. */
const outputs = z.record(z.string(), z.record(z.string(), z.string()));

export const keys = defineEnvironmentSection({
  name: "keys",
  page: "components/keys",
  about: "The encryption keys of its cells.",
  settings: keysSettings,
  changes: keysChanges,
  required: "defaulted",
  entries: ({ existing }: KeysSettings): readonly SectionEntries[] =>
    existing === undefined
      ? []
      : [
          {
            at: ["existing", "accounts"],
            by: "account",
            entries: existing.accounts,
            byRegion: true,
          },
          {
            at: ["existing", "projects"],
            by: "project",
            entries: existing.projects,
            byRegion: true,
          },
        ],
  build: () => import("./environment.ts"),
  outputs,
  outputsOf: ({ rings }: { readonly rings: unknown }) => rings,
});
