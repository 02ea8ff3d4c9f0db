// The resources of an environment's program. test/e2e and the components' engine tests cover that clouds accept them.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { auditSettings } from "../../components/audit/environment-schema.ts";
import type { Problem } from "../../components/core/errors.ts";
import { environmentSections } from "../../components/environment-sections.ts";
import { byPurpose, gcpPurposes, purposes } from "../../components/keys/schema.ts";
import { configDirectory } from "../../footprint/files/config-files.ts";
import { loadFootprint } from "../../footprint/load.ts";
import type { Cell, Environment } from "../../footprint/model.ts";
import { environmentSpecs } from "../../footprint/specs/environment.ts";
import { environmentStack } from "../../stacks/environment/environment.ts";
import { keyOf } from "../../stacks/environment/keys.ts";
import { type EnvironmentOutputs, environmentOutputs } from "../../stacks/outputs/environment.ts";
import { refusals } from "../support/accepted.ts";
import {
  counts,
  type InventoryOptions,
  inventory,
  only,
  type Registered,
} from "../support/inventory.ts";

const sample = loadFootprint(configDirectory(), "local");

/** The resources of the sample's environment, with other claims or cells. */
async function registered(
  change: Partial<
    Pick<
      Environment,
      "lifetime" | "frameworks" | "audit" | "budget" | "connectivity" | "deployers" | "keys"
    >
  > = {},
  cells: readonly Cell[] = sample.cells,
  invoke?: InventoryOptions["invoke"],
): Promise<Registered[]> {
  const problems: Problem[] = [];
  const environment = { ...sample.environment, ...change };
  const names = cells.map(({ name }) => name);
  const specs = environmentSpecs(
    environment,
    environmentSections,
    { names, placed: cells },
    "f",
    problems,
  );
  assert.deepEqual(problems, []);
  return inventory(
    () =>
      environmentStack(
        { ...sample, environment: { ...environment, specs }, cells },
        { retain: environment.lifetime === "permanent" },
      ),
    { respond: writerOf, ...(invoke && { invoke }) },
  );
}

/** The service account of a sink, which Google creates. */
function writerOf({ type }: { type: string }): Record<string, unknown> | undefined {
  return type === "gcp:logging/projectSink:ProjectSink"
    ? {
        writerIdentity:
          "serviceAccount:service-123456789012@gcp-sa-logging.iam.gserviceaccount.com",
      }
    : undefined;
}

/** The number of top-level components, by type. */
function parts(resources: readonly Registered[]): Record<string, number> {
  const names = new Set(resources.map(({ name }) => name));
  return counts(resources.filter(({ custom, parent }) => !custom && !names.has(parent ?? "")));
}

/** Problems found by the embedded cloud's schemas; the engine checks providers. */
function refused(resources: readonly Registered[]): string[] {
  return refusals(resources.filter(({ type }) => !type.startsWith("pulumi:")));
}

describe("the sample's environment", async () => {
  const resources = await registered();

  test("has keys, a trail, budgets, deployers and a hub on each cloud, links between hubs, and audit settings for sites", () => {
    assert.deepEqual(parts(resources), {
      "atoll:audit:AwsAudit": 1,
      "atoll:audit:GcpAudit": 1,
      "atoll:audit:OnpremAudit": 1,
      "atoll:budget:AwsBudget": 2,
      "atoll:budget:GcpBudget": 2,
      "atoll:connectivity:AwsGoogleLink": 1,
      "atoll:connectivity:AwsSiteLink": 1,
      "atoll:connectivity:AwsTransitHub": 1,
      "atoll:connectivity:GoogleRoutingHub": 1,
      "atoll:identity:AwsDeployers": 1,
      "atoll:identity:GcpDeployers": 1,
      "atoll:keys:AwsKeys": 1,
      "atoll:keys:GcpKeyAgents": 1,
      "atoll:keys:GcpKeys": 1,
      "atoll:object-store:GcpStorageAgents": 1,
      "atoll:people-access:AwsPeopleDoor": 1,
      "atoll:people-access:GcpPeopleDoor": 1,
      "atoll:private-dns:GoogleDnsHub": 1,
      "atoll:secrets:GcpSecretsAgent": 1,
    });
  });

  test("is valid by the embedded cloud's schemas", () => {
    assert.deepEqual(refused(resources), []);
  });

  test("encrypts the audit records of Google Cloud with a separate key", () => {
    const archive = resources.filter(({ type }) => type === "gcp:storage/bucket:Bucket");
    assert.deepEqual(
      archive.map(({ inputs }) => inputs.encryption),
      [
        {
          defaultKmsKeyName:
            "projects/atoll-local/locations/europe-west1/keyRings/local-keys/cryptoKeys/audit",
        },
      ],
    );
  });

  test("limits a cell's budget to the cell's tag", () => {
    const { inputs } = only(resources, "aws:budgets/budget:Budget", "budget-cell-aws-use1");
    assert.deepEqual(inputs.filterExpression, {
      ands: [
        { tags: { key: "environment", values: ["local"] } },
        { tags: { key: "cell", values: ["aws-use1"] } },
      ],
    });
    assert.equal((inputs.tags as Record<string, string>).cell, "aws-use1");
  });

  test("protects nothing and locks no record permanently, because it is ephemeral", () => {
    assert.deepEqual(
      resources.filter(({ protect, retainOnDelete }) => protect || retainOnDelete),
      [],
    );
    const lock = only(
      resources,
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    );
    assert.deepEqual(lock.inputs.rule, { defaultRetention: { mode: "GOVERNANCE", days: 1 } });
  });
});

describe("a permanent environment", async () => {
  const resources = await registered({ lifetime: "permanent", frameworks: ["hipaa", "pci-dss-4"] });

  test("locks its records for as long as the strictest framework requires", () => {
    const lock = only(
      resources,
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    );
    assert.deepEqual(lock.inputs.rule, { defaultRetention: { mode: "COMPLIANCE", days: 2192 } });
    const archive = only(resources, "gcp:storage/bucket:Bucket").inputs;
    assert.deepEqual(archive.retentionPolicy, {
      isLocked: true,
      retentionPeriod: String(2192 * 86_400),
    });
  });

  test("protects keys and archives", () => {
    const types = /:(Key|CryptoKey|KeyRing|Bucket|Trail)$/;
    const stateful = resources.filter(({ type }) => types.test(type));
    assert.deepEqual(counts(stateful), {
      "aws:cloudtrail/trail:Trail": 1,
      "aws:kms/key:Key": purposes.length + 1,
      "aws:s3/bucket:Bucket": 4,
      "gcp:kms/cryptoKey:CryptoKey": purposes.length + 1,
      "gcp:kms/keyRing:KeyRing": 1,
      "gcp:storage/bucket:Bucket": 1,
    });
    assert.ok(stateful.every(({ protect }) => protect));
  });
});

describe("an environment in two regions of each cloud", async () => {
  const elsewhere = sample.cells.map((cell): Cell => {
    if (cell.cloud === "aws") return { ...cell, name: "aws-euw1", region: "eu-west-1" };
    return cell.cloud === "gcp" ? { ...cell, name: "gcp-usc1", region: "us-central1" } : cell;
  });
  const audit = auditSettings.parse({
    accounts: { "111122223333": { region: "us-east-1" } },
    projects: { "atoll-local": { region: "europe-west1" } },
  });
  const connectivity = sample.environment.connectivity && {
    ...sample.environment.connectivity,
    googleHub: { project: "atoll-local", region: "europe-west1" },
  };
  const resources = await registered({ audit, connectivity }, [...sample.cells, ...elsewhere]);

  test("has keys and threat detection in both, and one trail and archive", () => {
    const { "atoll:audit:AwsDetection": elsewhere, ...shared } = parts(resources);
    assert.deepEqual(elsewhere, 1);
    assert.deepEqual(
      [
        shared["atoll:keys:AwsKeys"],
        shared["atoll:keys:GcpKeys"],
        shared["atoll:keys:GcpKeyAgents"],
      ],
      [2, 2, 1],
    );
    assert.deepEqual([shared["atoll:audit:AwsAudit"], shared["atoll:audit:GcpAudit"]], [1, 1]);
    assert.deepEqual(refused(resources), []);
  });

  test("records global resources only in the home region, and delivers to its bucket", () => {
    const recorders = resources.filter(({ type }) => type === "aws:cfg/recorder:Recorder");
    assert.deepEqual(
      recorders.map(({ inputs }) => [
        inputs.name,
        (inputs.recordingGroup as { includeGlobalResourceTypes: boolean })
          .includeGlobalResourceTypes,
      ]),
      [
        ["local-us-east-1", true],
        ["local-eu-west-1", false],
      ],
    );
    const channels = resources.filter(
      ({ type }) => type === "aws:cfg/deliveryChannel:DeliveryChannel",
    );
    assert.deepEqual(new Set(channels.map(({ inputs }) => inputs.s3BucketName)).size, 1);
  });

  test("uses a separate provider for each region", () => {
    const regionOf = ({ provider }: Registered) => provider.split("::").at(-2);
    for (const ring of resources.filter(({ type }) => type === "gcp:kms/keyRing:KeyRing")) {
      assert.equal(regionOf(ring), `gcp-atoll-local-${ring.inputs.location}`);
    }
    const keys = resources.filter(
      ({ type, name }) => type === "aws:kms/key:Key" && name.includes("eu-west-1"),
    );
    assert.equal(keys.length, purposes.length);
    assert.deepEqual([...new Set(keys.map(regionOf))], ["aws-111122223333-eu-west-1"]);
  });
});

describe("an environment whose keys exist", async () => {
  const arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const keyName = "projects/acme-keys/locations/europe-west1/keyRings/prod/cryptoKeys/data";
  const keys = {
    edition: 1,
    existing: {
      accounts: { "111122223333": { "us-east-1": byPurpose(purposes, () => arn) } },
      projects: { "atoll-local": { "europe-west1": byPurpose(gcpPurposes, () => keyName) } },
    },
  };
  const resources = await registered({ keys }, sample.cells, (token) => {
    if (token === "gcp:kms/getKMSCryptoKey:getKMSCryptoKey")
      return { purpose: "ENCRYPT_DECRYPT", primaries: [{ name: "1", state: "ENABLED" }] };
    if (token !== "aws:kms/getKey:getKey") return undefined;
    return { arn, enabled: true, keySpec: "SYMMETRIC_DEFAULT", keyManager: "CUSTOMER" };
  });

  test("creates and grants none but the archive's on AWS", () => {
    const made = resources.filter(({ type }) => /^(aws|gcp):kms\//.test(type));
    assert.deepEqual(
      made.map(({ name }) => name),
      ["audit-aws-111122223333-archive-key", "audit-aws-111122223333-archive-key-alias"],
    );
  });

  test("encrypts with them", () => {
    const { inputs } = only(resources, "gcp:storage/bucket:Bucket");
    assert.deepEqual(inputs.encryption, { defaultKmsKeyName: keyName });
  });
});

test("its outputs are what its cells read", async () => {
  const read: EnvironmentOutputs[] = [];
  await inventory(async () => {
    const outputs = await environmentStack(sample, { retain: false });
    pulumi.output(outputs).apply((known) => read.push(environmentOutputs.parse(known)));
  });
  const [outputs] = read;
  assert.deepEqual(Object.keys(outputs?.keys ?? {}), [
    "aws-111122223333-us-east-1",
    "gcp-atoll-local-europe-west1",
  ]);
  const key = (purpose: string) => keyOf(outputs, "gcp-atoll-local-europe-west1", purpose);
  assert.match(String(key("objects")), /cryptoKeys\/objects$/);
  assert.match(String(key("streams")), /cryptoKeys\/streams$/);
  assert.deepEqual(outputs?.audit?.accounts["111122223333"]?.bucket, "local-audit-111122223333");
  assert.match(
    outputs?.deployers?.accounts["111122223333"]?.main ?? "",
    /role\/local-deploy-main$/,
  );
  assert.match(outputs?.audit?.sites?.policy ?? "", /audit\.k8s\.io\/v1/);
  const { hubs, sites } = outputs?.connectivity ?? {};
  assert.deepEqual(Object.keys(hubs ?? {}), ["aws-111122223333-us-east-1", "gcp"]);
  assert.deepEqual(
    sites?.["onprem-sel"]?.map(({ hub, tunnels }) => [hub, tunnels.length]),
    [["aws-111122223333-us-east-1", 4]],
  );
});

test("outputs of an older environment are still read", () => {
  const told = {
    environment: "prod",
    target: "cloud",
    lifetime: "permanent",
    addresses: { supernet: "10.0.0.0/8", cells: {}, free: { addresses: 1, next: null } },
    keys: {},
  } as const;
  assert.deepEqual(environmentOutputs.parse(told), told);
});
