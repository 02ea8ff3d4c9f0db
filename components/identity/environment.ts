/** The CI deployers of an environment's accounts and projects. */
import { eachOf } from "../section/entries.ts";
import type { EnvironmentBuild } from "../section/environment.ts";
import type { DeployerSpecs } from "./environment-specs.ts";

export async function build(spec: DeployerSpecs, environment: EnvironmentBuild) {
  return {
    accounts: await inAccounts(spec, environment),
    projects: await inProjects(spec, environment),
  };
}

/** The roles by account. */
async function inAccounts(spec: DeployerSpecs, { accounts, common }: EnvironmentBuild) {
  if (Object.keys(spec.accounts).length === 0) return {};
  const { AwsDeployers } = await import("./aws-deployers.ts");
  return eachOf(spec.accounts, (id, one) => {
    const home = accounts.find((account) => account.id === id)?.home;
    const args = { ...common, spec: one };
    return home && new AwsDeployers(`deployers-aws-${id}`, args, home.opts).roleArns;
  });
}

/** The members and audiences by project. */
async function inProjects(spec: DeployerSpecs, { projects, common }: EnvironmentBuild) {
  if (Object.keys(spec.projects).length === 0) return {};
  const { GcpDeployers } = await import("./gcp-deployers.ts");
  return eachOf(spec.projects, (id, one) => {
    const home = projects.find((project) => project.id === id)?.home;
    if (home === undefined) return undefined;
    const args = { ...common, spec: one };
    const { members, audiences } = new GcpDeployers(`deployers-gcp-${id}`, args, home.opts);
    return { members, audiences };
  });
}
