// What a cell's stack builds once for keys, identities, secrets and nodes of its tenants. That it comes up is tested with the sample.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import { build as identities } from "../../../components/tenant-identity/shared-builder.ts";
import { build as nodes } from "../../../components/tenant-nodes/shared-builder.ts";
import { build as storesOnAws } from "../../../components/tenant-secrets/aws-shared-builder.ts";
import { build as stores } from "../../../components/tenant-secrets/shared-builder.ts";
import { counts, inventory } from "../../support/inventory.ts";
import { awsPlace, tenantOwnership } from "../../support/tenant.ts";

const reader = { arn: "arn:aws:iam::111122223333:role/reader", roleName: "reader" };

/** A cell with these components; only what the builders read. */
function cellWith(built: object | undefined) {
  return {
    cell: { cloud: "aws", environment: "prod", name: "aws-use1", ...awsPlace },
    common: { ownership: tenantOwnership },
    references: { bucket: { shared: { arn: "arn:aws:s3:::prod-shared" } } },
    key: () => "arn:aws:kms:us-east-1:111122223333:key/secrets",
    needed: () => ({
      spec: { name: "prod-aws-use1" },
      provider: new kubernetes.Provider("cluster", { kubeconfig: "{}" }),
    }),
    built: () => built,
    opts: () => ({}),
  } as never;
}
const pool = {
  isolation: { identity: "pool", objectStore: "pool", nodes: "pool" },
  objectStore: { bucket: "shared" },
} as const;
const silo = { isolation: { identity: "silo", objectStore: "silo", nodes: "silo" } } as const;

/** How many resources of each type, without components and providers. */
async function made(build: () => unknown): Promise<Record<string, number>> {
  const all = await inventory(build);
  return counts(all.filter(({ custom, type }) => custom && !type.startsWith("pulumi:")));
}

describe("a cell has for its tenants", () => {
  test("a role of pods, if a tier pools identities and objects in a bucket of the cell", async () => {
    assert.deepEqual(await made(() => identities("identity", { pool }, cellWith(undefined))), {
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
    });
    const elsewhere = { pool: { ...pool, objectStore: { bucket: "of-another-cell" } } };
    assert.deepEqual(await made(() => identities("identity", { silo }, cellWith(undefined))), {});
    assert.deepEqual(await made(() => identities("identity", elsewhere, cellWith(undefined))), {});
  });

  test("a policy for ExternalSecrets, and on AWS a role of stores, if it has secrets", async () => {
    const policy = {
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy": 1,
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding": 1,
    };
    assert.deepEqual(await made(() => stores("secrets", {}, cellWith({}))), policy);
    assert.deepEqual(await made(() => storesOnAws("secrets", {}, cellWith({ reader }))), {
      ...policy,
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 2,
    });
    assert.deepEqual(await made(() => stores("secrets", {}, cellWith(undefined))), {});
    assert.deepEqual(await made(() => storesOnAws("secrets", {}, cellWith(undefined))), {});
  });

  test("a policy for pods of each tier with nodes of its own", async () => {
    assert.deepEqual(await made(() => nodes("nodes", { pool, silo }, cellWith(undefined))), {
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy": 1,
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding": 1,
    });
    assert.deepEqual(await made(() => nodes("nodes", { pool }, cellWith(undefined))), {});
  });
});
