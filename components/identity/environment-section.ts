/** The CI deployers of an environment, as a section of its manifest. */

import { z } from "zod";
import { byTarget, defineEnvironmentSection } from "../section/environment-section.ts";
import { deployersChanges } from "./deployers-changes.ts";
import { type DeployersSettings, deployersSettings } from "./environment-schema.ts";
import { deployerSpecs } from "./environment-specs.ts";

const named = z.record(z.string(), z.string());

const outputs = z.object({
  /** By account id, then by the deployer's key: the role that it assumes. */
  accounts: z.record(z.string(), named),
  /** By project id: members by the deployer's key, and token audiences by issuer. */
  projects: z.record(z.string(), z.object({ members: named, audiences: named })),
});

export const deployers = defineEnvironmentSection({
  name: "deployers",
  page: "components/identity",
  about: "The CI jobs that deploy it.",
  settings: deployersSettings,
  changes: deployersChanges,
  required: "defaulted",
  entries: (settings: DeployersSettings) => byTarget(settings),
  spec: deployerSpecs,
  build: () => import("./environment.ts"),
  outputs,
  outputsOf: (built: unknown) => built,
});
