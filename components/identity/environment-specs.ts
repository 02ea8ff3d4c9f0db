/** The CI deployers of an environment's accounts and projects. */
import type { Problem } from "../core/errors.ts";
import { checkEntry, eachOf } from "../section/entries.ts";
import type { EnvironmentContext } from "../section/environment-section.ts";
import {
  type AwsDeployersSpec,
  awsDeployersSpec,
  type GcpDeployersSpec,
  gcpDeployersSpec,
} from "./deployers-schema.ts";
import type { DeployersSettings } from "./environment-schema.ts";

export interface DeployerSpecs {
  readonly accounts: Readonly<Record<string, AwsDeployersSpec>>;
  readonly projects: Readonly<Record<string, GcpDeployersSpec>>;
}

export function deployerSpecs(
  { accounts, projects }: DeployersSettings,
  { file, targets }: EnvironmentContext,
  problems: Problem[],
): DeployerSpecs {
  return {
    accounts: eachOf(accounts, (account, settings) => {
      if (targets.accounts[account] === undefined) return undefined;
      const place = { file, at: ["deployers", "accounts", account] };
      return checkEntry(awsDeployersSpec, { ...settings, cloud: "aws", account }, place, problems);
    }),
    projects: eachOf(projects, (project, settings) => {
      const known = targets.projects[project];
      if (known === undefined) return undefined;
      const { projectNumber } = known;
      const place = { file, at: ["deployers", "projects", project] };
      const data = { ...settings, cloud: "gcp", project, projectNumber };
      return checkEntry(gcpDeployersSpec, data, place, problems);
    }),
  };
}
