/** The sample footprint with a second cell on each cloud, to which the first is replicated. */

import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { identity } from "../../components/identity/section.ts";
import { services } from "../../components/services.ts";
import { listStacks } from "../../footprint/files/config-files.ts";
import { isTenantFile } from "../../footprint/files/kind.ts";
import type { Manifest } from "./sample.ts";

interface Config {
  config: Record<string, unknown> & { "atoll:manifest": Manifest };
}

const objectives = { rpo: "5 minutes", rto: "30 minutes" };

export function writePairs(folder: string): void {
  cpSync(path.resolve(import.meta.dirname, "../../stacks/config"), folder, { recursive: true });
  const file = (stack: string) => path.join(folder, `Pulumi.${stack}.yaml`);
  // Tenants are on cells whose services are reduced here.
  for (const stack of listStacks(folder)) if (isTenantFile(folder, stack)) rmSync(file(stack));
  const read = (stack: string) => parse(readFileSync(file(stack), "utf8")) as Config;
  const write = (stack: string, config: Config) => writeFileSync(file(stack), stringify(config));
  const double = (
    stack: string,
    second: string,
    sections: readonly string[],
    change: (first: Manifest, second: Manifest) => void,
    rename: (text: string) => string = (text) => text,
  ) => {
    const config = read(stack);
    const other = parse(rename(stringify(config))) as Config;
    const first = kept(config.config["atoll:manifest"], [...basics, ...allServices]);
    const copy = kept(other.config["atoll:manifest"], [...basics, ...sections]);
    config.config["atoll:manifest"] = first;
    other.config["atoll:manifest"] = copy;
    change(first, copy);
    write(stack, config);
    write(second, other);
  };

  const awsServices = ["stream", "eventSourcing", "database", "objectStore", "secrets"];
  double("local.aws-use1", "local.aws-usw2", awsServices, (one, two) => {
    Object.assign(two, place("us-west-2", ["a", "b", "c"], "10.44.0.0/16"));
    one.residency = "us";
    // A workload in both cells, which signs in to the copy.
    const signingIn = { kind: "database", name: "main", user: "orders", may: ["connect"] };
    two.identity = {
      workloads: { orders: { namespace: "shop", serviceAccount: "orders", grants: [signingIn] } },
    };
    copy(one, "stream", { cell: "aws-usw2", ...objectives });
    copy(one, "database", { cell: "aws-usw2", ...objectives });
    copyBuckets(one, { cell: "aws-usw2" });
  });
  double("local.gcp-euw1", "local.gcp-euw4", ["database", "objectStore"], (one, two) => {
    Object.assign(two, place("europe-west4", ["-a", "-b", "-c"], "10.48.0.0/16"));
    one.residency = "eu";
    copy(one, "database", { cell: "gcp-euw4", ...objectives });
    copyBuckets(one, { cell: "gcp-euw4" });
  });
  double(
    "local.onprem-sel",
    "local.onprem-pus",
    ["database"],
    (one, two) => {
      two.cidr = "10.52.0.0/16";
      Object.assign((two.database as Manifest).archive as Manifest, {
        path: "s3://database-backups-busan/local",
        credentialsSecret: "database-backups-busan",
      });
      copy(one, "database", { cell: "onprem-pus", ...objectives });
    },
    (text) =>
      text.replaceAll("sel-", "pus-").replaceAll("seoul", "busan").replaceAll("Seoul", "Busan"),
  );
  // With two regions in an account or project, the archive needs an explicit region.
  const environment = read("local");
  environment.config["atoll:manifest"] = {
    ...kept(environment.config["atoll:manifest"], [
      ...["kind", "target", "lifetime", "owner", "costCentre", "dataClass", "frameworks"],
      "addressSpace",
    ]),
    audit: {
      accounts: { "111122223333": { region: "us-east-1" } },
      projects: { "atoll-local": { region: "europe-west1" } },
    },
  };
  write("local", environment);
}

const allServices: readonly string[] = [...services, identity].flatMap((section) =>
  "plural" in section ? [section.name, section.plural] : [section.name],
);

/** The fields of a cell other than its services, without connectivity and people. */
const basics = [
  ...["kind", "environment", "cloud", "account", "project", "projectNumber", "region", "zones"],
  ...["site", "cidr", "network", "cluster", "nodePools"],
];

function kept(manifest: Manifest, fields: readonly string[]): Manifest {
  return Object.fromEntries(Object.entries(manifest).filter(([field]) => fields.includes(field)));
}

function place(region: string, letters: readonly string[], cidr: string): Manifest {
  return { region, zones: letters.map((letter) => `${region}${letter}`), cidr };
}

function copy(manifest: Manifest, section: string, replicateTo: object): void {
  (manifest[section] as Manifest).replicateTo = replicateTo;
}

function copyBuckets(manifest: Manifest, replicateTo: object): void {
  const { buckets } = manifest.objectStore as { buckets: Record<string, Manifest> };
  for (const bucket of Object.values(buckets)) bucket.replicateTo = replicateTo;
}
