/** The accounts and projects that an environment builds in, with a provider for each region. */
import type { ProviderResource } from "@pulumi/pulumi";
import { targetId } from "../../components/provider/target.ts";
import type {
  EnvironmentAccount,
  EnvironmentBuild,
  EnvironmentPlace,
  EnvironmentProject,
} from "../../components/section/environment.ts";
import type { Homes } from "../../components/section/environment-section.ts";
import type { Environment } from "../../footprint/model.ts";

type Places = Pick<EnvironmentBuild, "accounts" | "projects" | "places">;

/**
 * Loads only the SDKs of the cells' clouds, because SDKs take most of a program's load time.
 *
 * @param homes the regions of resources that an account or project has once
 */
export async function placesOf({ specs, credentials }: Environment, homes: Homes): Promise<Places> {
  const { targets } = specs;
  const accounts = await accountsOf(targets.accounts, homes.accounts, credentials);
  const projects = await projectsOf(targets.projects, homes.projects, credentials);
  const all = [...accounts, ...projects].flatMap(({ home, cells }) => [home, ...cells]);
  return { accounts, projects, places: Object.fromEntries(all.map((it) => [it.target, it])) };
}

type Targets = Environment["specs"]["targets"];

async function accountsOf(
  accounts: Targets["accounts"],
  homes: Homes["accounts"],
  credentials: Environment["credentials"],
): Promise<EnvironmentAccount[]> {
  if (Object.keys(accounts).length === 0) return [];
  const { awsProvider } = await import("../../components/provider/aws.ts");
  return Object.entries(accounts).map(([id, { regions }]) => {
    const placed = regional(homes[id], regions, (region) => {
      const target = targetId({ cloud: "aws", account: id, region });
      return [target, "aws", awsProvider(target, { account: id, region }, credentials)];
    });
    return { id, ...placed };
  });
}

async function projectsOf(
  projects: Targets["projects"],
  homes: Homes["projects"],
  credentials: Environment["credentials"],
): Promise<EnvironmentProject[]> {
  if (Object.keys(projects).length === 0) return [];
  const { gcpProvider } = await import("../../components/provider/gcp.ts");
  return Object.entries(projects).map(([id, { projectNumber, regions }]) => {
    const placed = regional(homes[id], regions, (region) => {
      const target = targetId({ cloud: "gcp", project: id, region });
      return [target, "gcp", gcpProvider(target, { project: id, region }, credentials)];
    });
    return { id, projectNumber, ...placed };
  });
}

function regional(
  chosen: string | undefined,
  regions: readonly string[],
  provide: (region: string) => [target: string, name: string, provider: ProviderResource],
): Pick<EnvironmentAccount, "home" | "cells"> {
  const placeIn = (region: string): EnvironmentPlace => {
    const [target, name, provider] = provide(region);
    return { region, target, provider, opts: { providers: { [name]: provider } } };
  };
  const home = placeIn(chosen ?? regions[0] ?? "");
  return {
    home,
    cells: regions.map((region) => (region === home.region ? home : placeIn(region))),
  };
}
