/** The cells of a footprint with all of their tenants, as their programs register them with mocks. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse, stringify } from "yaml";
import type { StackRun } from "../../components/core/component.ts";
import { loadFootprint } from "../../footprint/load.ts";
import type { Footprint } from "../../footprint/model.ts";
import { withAllTenants } from "../../footprint/tenants/load.ts";
import type { IsolationCell } from "../../operations/isolation/model.ts";
import { isolationCells, type StatedResource } from "../../operations/isolation/of-states.ts";
import { cellStack } from "../../stacks/cell/cell.ts";
import { environmentStack } from "../../stacks/environment/environment.ts";
import { tenantStack } from "../../stacks/tenant/tenant.ts";
import { inventory, type Registered } from "./inventory.ts";
import { mockOutputs } from "./mock-cloud.ts";
import { siteKubeconfig } from "./site.ts";

/** Manifests of tenants by id, on cells of the sample. */
export type Manifests = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const retain: StackRun = { retain: false };

/**
 * The sample's environment and cells, with these tenants in addition to the sample's.
 *
 * @param tiers in addition to the sample's
 */
export function withTenants<T>(
  manifests: Manifests,
  use: (footprint: Footprint) => T,
  tiers: Manifests = {},
): T {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tenants-"));
  try {
    cpSync(path.resolve("stacks/config"), folder, { recursive: true });
    const environment = path.join(folder, "Pulumi.local.yaml");
    const document = parse(readFileSync(environment, "utf8"));
    Object.assign(document.config["atoll:manifest"].tenancy.tiers, tiers);
    writeFileSync(environment, stringify(document));
    for (const [id, manifest] of Object.entries(manifests)) {
      const whole = { kind: "tenant", environment: "local", ...manifest };
      writeFileSync(
        path.join(folder, `Pulumi.local.${id}.yaml`),
        stringify({ config: { "atoll:manifest": whole } }),
      );
    }
    return use(withAllTenants(folder, "local", () => loadFootprint(folder, "local")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Stacks = Map<string, { readonly resources: readonly Registered[]; readonly outputs: unknown }>;

/** The environment and its cells, for the tenants of several footprints. */
export async function sharedStacks(footprint: Footprint): Promise<Stacks> {
  const stacks: Stacks = new Map();
  const { environment, cells } = footprint;
  await register(stacks, environment.stack, async () => ({
    footprint: await environmentStack(footprint, retain),
  }));
  // On-premises workloads sign in through cells on clouds.
  const sorted = [...cells].sort((one, other) => order(one.cloud) - order(other.cloud));
  for (const cell of sorted)
    await register(stacks, cell.stack, () => cellStack(footprint, cell, retain));
  return stacks;
}

function order(cloud: string): number {
  return cloud === "onprem" ? 1 : 0;
}

/** Each cell with its tenants. */
export async function plannedCells(footprint: Footprint, shared: Stacks): Promise<IsolationCell[]> {
  const stacks: Stacks = new Map(shared);
  for (const tenant of footprint.tenants)
    await register(stacks, tenant.stack, () => tenantStack(footprint, tenant, retain));
  return isolationCells(
    footprint,
    new Map(
      [...stacks].map(([stack, { resources }]) => [
        stack,
        resources.map((resource) => stated(resource, stack)),
      ]),
    ),
  );
}

async function register(
  stacks: Stacks,
  stack: string,
  build: () => Promise<unknown>,
): Promise<void> {
  let outputs: unknown;
  const resources = await inventory(
    async () => {
      pulumi.runtime.setConfig("atoll:kubeconfig", siteKubeconfig());
      outputs = await resolved(await build());
    },
    {
      stack,
      respond: ({ type, name, inputs }) =>
        answer(stacks, type, name) ?? identified(stack, type, name, inputs),
    },
  );
  stacks.set(stack, { resources, outputs });
}

function resolved(value: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    (pulumi.output(value) as pulumi.Output<unknown>).apply(resolve);
  });
}

function answer(stacks: Stacks, type: string, name: string): Record<string, unknown> | undefined {
  if (type === "pulumi:pulumi:StackReference") {
    const found = [...stacks.keys()].find((stack) => name.endsWith(`/${stack}`));
    const outputs = found === undefined ? {} : stacks.get(found)?.outputs;
    return { name, outputs, secretOutputNames: [] };
  }
  if (type === "gcp:logging/projectSink:ProjectSink") {
    return {
      writerIdentity: "serviceAccount:service-123456789012@gcp-sa-logging.iam.gserviceaccount.com",
    };
  }
  if (type === "kubernetes:core/v1:Node")
    return { metadata: { name, labels: { "topology.kubernetes.io/zone": name.slice(0, -1) } } };
  return endpoints[type];
}

/** Outputs that stacks publish for their tenants. */
const endpoints: Readonly<Record<string, Record<string, unknown>>> = {
  "aws:msk/cluster:Cluster": {
    bootstrapBrokersSaslIam: "b-1.stream.example:9098",
    zookeeperConnectString: "",
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    primaryEndpointAddress: "cache.example",
    configurationEndpointAddress: "cache.example",
    readerEndpointAddress: "cache-ro.example",
  },
  "aws:elasticache/serverlessCache:ServerlessCache": {
    endpoints: [{ address: "serverless.example", port: 6379 }],
  },
};

/** ARNs as AWS forms them. Those of the mocks are of the logical name, which stacks of several tenants have in common. */
function identified(
  stack: string,
  type: string,
  name: string,
  inputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  const unique = `${stack}-${name}`.replaceAll(/[^\w]/g, "-");
  switch (type) {
    case "aws:s3/bucket:Bucket":
      return { arn: `arn:aws:s3:::${String(inputs.bucket)}` };
    case "aws:kms/key:Key":
      return { arn: `arn:aws:kms:us-east-1:111122223333:key/${unique}`, keyId: unique };
    case "aws:secretsmanager/secret:Secret":
      return {
        arn: `arn:aws:secretsmanager:us-east-1:111122223333:secret:${String(inputs.name)}-AbCdEf`,
      };
    case "aws:rds/cluster:Cluster":
      return { clusterResourceId: `cluster-${unique}` };
    default:
      return undefined;
  }
}

/** As the engine would write it to a state. */
export function stated(
  { type, name, urn, custom, inputs }: Registered,
  stack = "local",
): StatedResource {
  const { id, state } = mockOutputs(type, name, inputs);
  const known = identified(stack, type, name, inputs);
  return { type, urn, custom, id, inputs, outputs: { ...inputs, ...state, ...known } };
}
