// What these tests cannot prove: that S3 and Cloud Storage evaluate policies as they read.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Statement } from "../../../components/core/iam.ts";
import type { GcpRole } from "../../../components/section/grant.ts";
import { serviceOf } from "../../../components/tenant-namespaces/services.ts";
import { AwsTenantObjectStore } from "../../../components/tenant-object-store/aws.ts";
import { foldersOf } from "../../../components/tenant-object-store/folders.ts";
import { GcpTenantObjectStore } from "../../../components/tenant-object-store/gcp.ts";
import { objectStoreOffer } from "../../../components/tenant-object-store/offer.ts";
import {
  type AwsTenantObjectStoreInput,
  type GcpTenantObjectStoreInput,
  objectStoreSettings,
  objectStoreTier,
} from "../../../components/tenant-object-store/schema.ts";
import { objectStore } from "../../../components/tenant-object-store/section.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import {
  awsPlace,
  type Given,
  gcpPlace,
  statementsIn,
  tenantOn,
  tenantOwnership,
} from "../../support/tenant.ts";

const buckets = {
  uploads: { access: { "web/storefront": ["read", "write"] } },
  pictures: { namespace: "web", access: { "web/images": ["read", "write", "delete"] } },
};
const cell = { objectStore: { buckets: { shared: {}, locked: { lock: {} } } } };
const given = (isolation: "pool" | "bridge" | "silo", settings: object = { buckets }) => ({
  isolation,
  tier: objectStoreTier.parse({ bucket: "shared" }),
  settings: objectStoreSettings.parse(settings),
});
type Clouds = "aws" | "gcp" | "onprem";
const problems = (
  cloud: Clouds,
  isolation: "pool" | "bridge" | "silo",
  settings: object,
  { tier = { bucket: "shared" }, ...more }: Given & { tier?: object } = {},
) =>
  objectStore.clouds[cloud]
    .check(
      { ...given(isolation, settings), tier: objectStoreTier.parse(tier) },
      tenantOn(cloud, { cell, ...more }),
    )
    .map(({ path, message }) => `${path}: ${message}`);

describe("where a tenant's objects are", () => {
  test("in a pool: a folder of the tenant, or of one of its namespaces", () => {
    const plan = objectStore.clouds.aws.plan(given("pool"), tenantOn("aws", { cell })) as {
      readonly shared: string;
      readonly buckets: Record<string, { folder?: string; name?: string }>;
    };
    assert.equal(plan.shared, "shared");
    assert.equal(plan.buckets.uploads!.folder, "tenants/acme/uploads/");
    assert.equal(plan.buckets.pictures!.folder, "namespaces/tenant-acme-web/pictures/");
    assert.equal(plan.buckets.uploads!.name, undefined);
  });

  test("otherwise: a bucket with the names of environment, cell, tenant and account", () => {
    const plan = objectStore.clouds.gcp.plan(given("bridge"), tenantOn("gcp", { cell })) as {
      readonly buckets: Record<string, { folder?: string; name?: string }>;
    };
    assert.equal(plan.buckets.uploads!.name, "prod-gcp-euw1-acme-uploads-acme-prod");
    assert.equal(plan.buckets.uploads!.folder, undefined);
  });

  test("is below folders that no other tenant's id can continue", () => {
    assert.deepEqual(foldersOf("acme"), ["tenants/acme/", "namespaces/tenant-acme-"]);
  });

  test("takes buckets of the account only if they are the tenant's own", () => {
    const two = { uploads: {}, pictures: {} };
    assert.deepEqual(objectStore.demand({ cloud: "aws", isolation: "silo", buckets: two }), {
      buckets: 2,
    });
    assert.deepEqual(objectStore.demand({ cloud: "aws", isolation: "pool", buckets: two }), {});
  });
});

describe("what a tenant cannot have", () => {
  const cases: readonly [name: string, got: () => string[], expected: readonly RegExp[]][] = [
    [
      "an unknown service, and a namespace of somebody else",
      () =>
        problems("aws", "pool", {
          buckets: {
            uploads: { access: { "web/stroefront": ["read"] }, namespace: "shop" },
          },
        }),
      [
        /did you mean "web\/storefront"/,
        /must be a namespace of the tenant/,
        /services of shop only/,
      ],
    ],
    [
      "a pool without a shared bucket",
      () => problems("aws", "pool", { buckets }, { tier: {} }),
      [/tier basic must name one of the cell as objectStore.bucket; known are shared, locked/],
    ],
    [
      "a shared bucket that the cell does not have",
      () => problems("gcp", "pool", { buckets }, { tier: { bucket: "shard" } }),
      [/must be a bucket of the cell, did you mean "shared"/],
    ],
    [
      "a shared bucket with a lock",
      () => problems("aws", "pool", { buckets }, { tier: { bucket: "locked" } }),
      [/must not be in a bucket with a lock/],
    ],
    [
      "more buckets than the tier gives",
      () => problems("aws", "silo", { buckets }, { tier: { most: 1 } }),
      [/^buckets: must be at most 1/],
    ],
    [
      "settings of a folder",
      () => problems("aws", "pool", { buckets: { uploads: { own: { tiering: "automatic" } } } }),
      [/^buckets.uploads.own: must be omitted in a pool/],
    ],
    [
      "deletion alone on Google Cloud",
      () => problems("gcp", "silo", { buckets: { a: { access: { "web/images": ["delete"] } } } }),
      [/Storage Object User/],
    ],
    [
      "a name that Google reserves",
      () => problems("gcp", "silo", { buckets: { "g00gle-x": {} } }),
      [/^buckets.g00gle-x.own: needs another key.*must not begin with "goog"/],
    ],
    [
      "a created bucket on-premises, and a referenced one elsewhere",
      () => [
        ...problems("onprem", "pool", { buckets: { a: { own: {} } } }),
        ...problems("aws", "silo", { buckets: { a: { existing: { name: "abc", secret: "s" } } } }),
      ],
      [
        /existing: must name the bucket/,
        /own: must be omitted on-prem/,
        /existing: must be omitted/,
      ],
    ],
  ];
  for (const [name, got, expected] of cases) {
    test(name, () => {
      const found = got();
      assert.equal(found.length, expected.length, found.join("\n"));
      expected.forEach((pattern, index) => {
        assert.match(found[index]!, pattern);
      });
    });
  }

  test("is nothing of a valid manifest, on any cloud and isolation", () => {
    assert.deepEqual(problems("aws", "pool", { buckets }), []);
    assert.deepEqual(problems("gcp", "silo", { buckets }), []);
  });
});

const pool: AwsTenantObjectStoreInput = {
  cloud: "aws",
  ...awsPlace,
  tenant: "acme",
  isolation: "pool",
  shared: "shared",
  accessLogs: "prod-aws-use1-access-logs-111122223333",
  buckets: {
    uploads: { access: { "web/storefront": ["read", "write"] }, folder: "tenants/acme/uploads/" },
  },
};
const own: AwsTenantObjectStoreInput = {
  ...pool,
  isolation: "silo",
  shared: undefined,
  buckets: {
    uploads: {
      access: { "web/storefront": ["read"] },
      name: "prod-aws-use1-acme-uploads-111122223333",
    },
  },
};
const keyArn = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000";

describe("on AWS", () => {
  test("a pool creates nothing, and grants the folder alone", async () => {
    let statements: Statement[] = [];
    const all = await inventory(() => {
      const built = new AwsTenantObjectStore("aws-use1-object-store", {
        ownership: tenantOwnership,
        spec: pool,
        shared: { arn: "arn:aws:s3:::prod-shared", keyArn },
      });
      statements = objectStoreOffer.aws!(built, serviceOf("acme", "web/storefront"), awsPlace);
      const others = objectStoreOffer.aws!(built, serviceOf("acme", "web/images"), awsPlace);
      assert.deepEqual(others, []);
    });
    assert.deepEqual(counts(all), { "atoll:tenant-object-store:AwsTenantObjectStore": 1 });
    assert.deepEqual(statements, [
      {
        sid: "List",
        actions: "s3:ListBucket",
        resources: "arn:aws:s3:::prod-shared",
        conditions: { StringLike: { "s3:prefix": "tenants/acme/uploads/*" } },
      },
      {
        sid: "Objects",
        actions: [
          "s3:GetObject",
          "s3:AbortMultipartUpload",
          "s3:ListMultipartUploadParts",
          "s3:PutObject",
        ],
        resources: "arn:aws:s3:::prod-shared/tenants/acme/uploads/*",
      },
      {
        sid: "ObjectKey",
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: keyArn,
        conditions: {
          StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" },
          StringLike: {
            "kms:EncryptionContext:aws:s3:arn": [
              "arn:aws:s3:::prod-shared",
              "arn:aws:s3:::prod-shared/*",
            ],
          },
        },
      },
    ]);
  });

  test("an own bucket is private, under the tenant's key, and denies other tenants' pods", async () => {
    const all = await inventory(
      () =>
        new AwsTenantObjectStore("aws-use1-object-store", {
          ownership: tenantOwnership,
          spec: own,
          keyArn,
        }),
    );
    const bucket = only(all, "aws:s3/bucket:Bucket");
    assert.equal(bucket.inputs.bucket, "prod-aws-use1-acme-uploads-111122223333");
    assert.equal(bucket.protect, true);
    const policy = statementsIn(only(all, "aws:s3/bucketPolicy:BucketPolicy").inputs.policy);
    assert.deepEqual(policy.DenyOtherTenants, {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [
        "arn:aws:s3:::prod-aws-use1-acme-uploads-111122223333",
        "arn:aws:s3:::prod-aws-use1-acme-uploads-111122223333/*",
      ],
      Condition: {
        StringLike: { "aws:PrincipalTag/kubernetes-namespace": "tenant-*" },
        StringNotLike: { "aws:PrincipalTag/kubernetes-namespace": "tenant-acme-*" },
      },
    });
    const logs = only(all, "aws:s3/bucketLogging:BucketLogging").inputs;
    assert.equal(logs.targetBucket, "prod-aws-use1-access-logs-111122223333");
    assert.deepEqual(refusals(all), []);
  });
});

describe("on Google Cloud", () => {
  const spec: GcpTenantObjectStoreInput = {
    cloud: "gcp",
    project: gcpPlace.project,
    region: gcpPlace.region,
    tenant: "acme",
    isolation: "pool",
    shared: "shared",
    accessLogs: "prod-gcp-euw1-access-logs-acme-prod",
    buckets: pool.buckets,
  };

  test("a pool has a managed folder, whose roles are granted on it and not on the bucket", async () => {
    let roles: readonly GcpRole[] = [];
    const all = await inventory(() => {
      const built = new GcpTenantObjectStore("gcp-euw1-object-store", {
        ownership: tenantOwnership,
        spec,
        shared: "prod-shared",
      });
      ({ roles } = objectStoreOffer.gcp!(built, serviceOf("acme", "web/storefront")));
    });
    const folder = only(all, "gcp:storage/managedFolder:ManagedFolder");
    assert.deepEqual(folder.inputs, {
      bucket: "prod-shared",
      name: "tenants/acme/uploads/",
      forceDestroy: false,
    });
    assert.deepEqual(refusals(all), []);
    assert.deepEqual(
      roles.map(({ key, role, on }) => [key, role, on.kind]),
      [
        ["bucket/uploads/read", "roles/storage.objectViewer", "folder"],
        ["bucket/uploads/write", "roles/storage.objectCreator", "folder"],
      ],
    );
  });

  test("an own bucket has uniform access and the tenant's key", async () => {
    const name = "prod-gcp-euw1-acme-uploads-acme-prod";
    const all = await inventory(
      () =>
        new GcpTenantObjectStore("gcp-euw1-object-store", {
          ownership: tenantOwnership,
          spec: {
            ...spec,
            isolation: "bridge",
            shared: undefined,
            buckets: { uploads: { access: {}, name } },
          },
          keyName: "projects/p/locations/l/keyRings/r/cryptoKeys/data",
        }),
    );
    const { inputs } = only(all, "gcp:storage/bucket:Bucket");
    assert.deepEqual(
      [inputs.name, inputs.uniformBucketLevelAccess, inputs.encryption],
      [name, true, { defaultKmsKeyName: "projects/p/locations/l/keyRings/r/cryptoKeys/data" }],
    );
    assert.deepEqual(refusals(all), []);
  });
});

describe("the shared role of pods", () => {
  const shared = (settings: object, name: string, isolation: Given["isolation"] = {}) =>
    objectStoreOffer.byNamespace!(
      tenantOn("aws", {
        isolation,
        settings: { objectStore: objectStoreSettings.parse(settings) },
      }),
      serviceOf("acme", name),
    );

  test("is enough for everything in all folders of the service's namespace", () => {
    assert.equal(shared({ buckets }, "web/images"), true);
  });

  test("is not enough for a folder of the tenant, for less, or for one of two folders", () => {
    assert.equal(shared({ buckets }, "web/storefront"), false);
    const reading = { namespace: "web", access: { "web/images": ["read"] } };
    assert.equal(shared({ buckets: { pictures: reading } }, "web/images"), false);
    const other = { namespace: "web", access: {} };
    assert.equal(shared({ buckets: { ...buckets, other } }, "web/images"), false);
  });

  test("is not used for buckets of the tenant's own", () => {
    assert.equal(shared({ buckets }, "web/images", { objectStore: "bridge" }), false);
  });
});
