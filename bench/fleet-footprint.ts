/** A generated footprint of one on-premises cell and as many tenants as asked: cheap to deploy, so that the tenants' share shows. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { siteKubeconfig } from "../cli/engine/rehearsal-site.ts";
import { configFile } from "../footprint/files/config-files.ts";

export const environment = "bench";
export const cell = "site";

/** The stacks of a generated fleet. */
export const stackOf = (index: number) => `${environment}.t${String(index).padStart(5, "0")}x`;

const nodes = ["node-a", "node-b", "node-c"];
const nodePools = { system: { class: "system", capacity: "on-demand", nodes } };
const cluster = { version: "1.35", kubeconfig: { configKey: "kubeconfig" } };

const environmentManifest = {
  kind: "environment",
  target: "rehearsal",
  lifetime: "ephemeral",
  owner: "bench",
  costCentre: "bench",
  frameworks: [],
  addressSpace: { supernet: "10.32.0.0/11" },
  tenancy: {
    domains: ["app.bench.example"],
    ratePlans: { bronze: { requestsPerSecond: 20 } },
    tiers: { basic: { isolation: "pool", ratePlan: "bronze" } },
  },
};

const cellManifest = {
  kind: "cell",
  environment,
  cloud: "onprem",
  site: "Bench",
  cidr: "10.40.0.0/16",
  cluster,
  nodePools: { system: { ...nodePools.system, size: { min: 3, max: 3 } } },
};

const kubeconfig = siteKubeconfig({ cluster, nodePools });

/** Writes the config files of a fleet into a folder, and returns the tenants' stacks. */
export function writeFleet(folder: string, tenants: number): string[] {
  mkdirSync(folder, { recursive: true });
  const write = (stack: string, manifest: unknown, values: Record<string, string> = {}) => {
    const config = {
      "pulumi:disable-default-providers": ["*"],
      "atoll:manifest": manifest,
      ...values,
    };
    writeFileSync(path.join(folder, configFile(stack)), stringify({ config }));
  };
  write(environment, environmentManifest);
  write(`${environment}.${cell}`, cellManifest, { "atoll:kubeconfig": kubeconfig });
  return Array.from({ length: tenants }, (_, index) => {
    const stack = stackOf(index);
    write(stack, { kind: "tenant", environment, cell, tier: "basic", ring: index % 4 });
    return stack;
  });
}
