/** The settings of an environment's CI deployers. Accounts and projects are given by id. */
import { z } from "zod";
import { accountText, projectText } from "../core/cloud.ts";
import { awsDeployersSettings, gcpDeployersSettings } from "./deployers-schema.ts";

/** CI jobs that may sign in. */
export const deployersSettings = z.strictObject({
  /** By account; see components/identity. @default {} */
  accounts: z.record(accountText, awsDeployersSettings).default({}),
  /** By project; see components/identity. @default {} */
  projects: z.record(projectText, gcpDeployersSettings).default({}),
});

export type DeployersSettings = z.output<typeof deployersSettings>;
