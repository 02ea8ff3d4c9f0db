// What these tests cannot prove: that KMS evaluates the policy as it reads, and that Google's service agents exist.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BlueprintError } from "../../../components/core/errors.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { AwsTenantKeys } from "../../../components/tenant-keys/aws.ts";
import { sharedKeys } from "../../../components/tenant-keys/contract.ts";
import { GcpTenantKeys } from "../../../components/tenant-keys/gcp.ts";
import {
  type GcpTenantKeysInput,
  keysSettings,
  keysTier,
} from "../../../components/tenant-keys/schema.ts";
import { keys } from "../../../components/tenant-keys/section.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import {
  awsPlace,
  gcpPlace,
  statementsIn,
  tenantOn,
  tenantOwnership,
} from "../../support/tenant.ts";

const given = (isolation: "pool" | "bridge" | "silo", tier: object = {}) => ({
  isolation,
  tier: keysTier.parse(tier),
  settings: keysSettings.parse({}),
});
const storesRole = "arn:aws:iam::111122223333:role/prod-aws-use1-tenant-secrets";
const awsSpec = {
  cloud: "aws",
  tenant: "acme",
  isolation: "bridge",
  ...awsPlace,
  rotationDays: 365,
  deletionWindowDays: 30,
  storesRole,
} as const;
const gcpSpec: GcpTenantKeysInput = {
  cloud: "gcp",
  tenant: "acme",
  isolation: "silo",
  ...gcpPlace,
  rotationDays: 90,
  edition: 1,
  purposes: ["objects", "secrets"],
};

describe("the plan of a tenant's keys", () => {
  test("has the defaults of each cloud, and the role of the cell's stores", () => {
    assert.deepEqual(keys.clouds.aws.plan(given("bridge"), tenantOn("aws")), awsSpec);
    assert.deepEqual(keys.clouds.gcp.plan(given("silo"), tenantOn("gcp")), gcpSpec);
  });

  test("names the services that the tenant has of its own on Google Cloud", () => {
    const isolation = { database: "silo", cache: "silo", stream: "bridge" } as const;
    assert.deepEqual(keys.clouds.gcp.plan(given("silo"), tenantOn("gcp", { isolation })), {
      ...gcpSpec,
      purposes: ["objects", "secrets", "databases", "caches"],
    });
  });

  test("of a pool ignores the rotation of own keys", () => {
    const plan = keys.clouds.gcp.plan(given("pool", { rotationDays: 365 }), tenantOn("gcp"));
    assert.deepEqual(checkSpec(keys.clouds.gcp.spec, plan, "keys").problems, []);
  });

  test("is refused with a rotation that the cloud does not have", () => {
    const aws = keys.clouds.aws.plan(given("silo", { rotationDays: 30 }), tenantOn("aws"));
    const gcp = keys.clouds.gcp.plan(given("silo", { rotationDays: 180 }), tenantOn("gcp"));
    const [onAws] = checkSpec(keys.clouds.aws.spec, aws, "keys").problems;
    const [onGcp] = checkSpec(keys.clouds.gcp.spec, gcp, "keys").problems;
    assert.match(onAws!.message, /at least 90 on AWS/);
    assert.match(onGcp!.message, /at most 90 on Google Cloud/);
  });

  test("takes one key of the account or project, and none in a pool or on-premises", () => {
    assert.deepEqual(keys.demand(awsSpec), { keys: 1 });
    assert.deepEqual(keys.demand({ ...awsSpec, isolation: "pool" }), {});
    assert.deepEqual(keys.demand({ cloud: "onprem", isolation: "pool" }), {});
  });

  test("is not possible on-premises except in a pool", () => {
    assert.deepEqual(Object.keys(keys.clouds.onprem.without).sort(), ["bridge", "silo"]);
  });
});

describe("the keys of a pool", () => {
  test("are the environment's, by purpose", () => {
    const shared = sharedKeys((purpose) => `the key for ${purpose}`);
    assert.equal(shared.own, undefined);
    assert.equal(shared.of("objects"), "the key for objects");
  });
});

describe("an own key on AWS", async () => {
  const all = await inventory(
    () => new AwsTenantKeys("aws-use1-keys", { ownership: tenantOwnership, spec: awsSpec }),
  );
  const key = only(all, "aws:kms/key:Key");
  const policy = statementsIn(key.inputs.policy);

  test("is rotated, protected, and has an alias with the tenant's name", () => {
    assert.deepEqual(
      [
        key.inputs.enableKeyRotation,
        key.inputs.rotationPeriodInDays,
        key.inputs.deletionWindowInDays,
      ],
      [true, 365, 30],
    );
    assert.deepEqual([key.protect, key.retainOnDelete], [true, true]);
    assert.equal(only(all, "aws:kms/alias:Alias").inputs.name, "alias/prod/aws-use1/acme/data");
    assert.equal((key.inputs.tags as Record<string, string>).tenant, "acme");
  });

  test("can be deleted with its environment where nothing is retained", async () => {
    const ephemeral = await inventory(
      () => new AwsTenantKeys("keys", { ownership: tenantOwnership, spec: awsSpec, retain: false }),
    );
    const { protect, retainOnDelete } = only(ephemeral, "aws:kms/key:Key");
    assert.deepEqual([protect, retainOnDelete], [false, false]);
  });

  test("is accepted by the schemas of the embedded cloud", () => {
    assert.deepEqual(refusals(all), []);
  });

  test("denies pods of other tenants, and none of its own", () => {
    assert.deepEqual(policy.DenyOtherTenants, {
      Effect: "Deny",
      Principal: "*",
      Action: "kms:*",
      Resource: "*",
      Condition: {
        StringLike: { "aws:PrincipalTag/kubernetes-namespace": "tenant-*" },
        StringNotLike: { "aws:PrincipalTag/kubernetes-namespace": "tenant-acme-*" },
      },
    });
  });

  test("lets the tenant's store decrypt, and no store of another tenant", () => {
    const { Action, Condition } = policy.ValuesForTheTenantsStore!;
    assert.equal(Action, "kms:Decrypt");
    assert.deepEqual(Condition, {
      ArnEquals: { "aws:PrincipalArn": storesRole },
      StringEquals: {
        "aws:PrincipalTag/atoll-tenant": "acme",
        "kms:CallerAccount": "111122223333",
        "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
      },
    });
  });

  test("is used through services only", () => {
    const uses = Object.entries(policy).filter(
      ([sid, { Effect }]) => Effect === "Allow" && sid !== "AccountAdministration",
    );
    assert.ok(uses.length > 5);
    assert.deepEqual(
      uses
        .filter(([, { Condition }]) => {
          const { StringEquals } = Condition as Record<string, Record<string, unknown>>;
          return StringEquals?.["kms:ViaService"] === undefined;
        })
        .map(([sid]) => sid),
      [],
    );
  });
});

describe("an own key on Google Cloud", async () => {
  const all = await inventory(
    () => new GcpTenantKeys("gcp-euw1-keys", { ownership: tenantOwnership, spec: gcpSpec }),
  );

  test("is in a ring of its own, for the agents of its services", () => {
    assert.deepEqual(counts(all), {
      "atoll:tenant-keys:GcpTenantKeys": 1,
      "gcp:kms/keyRing:KeyRing": 1,
      "gcp:kms/cryptoKey:CryptoKey": 1,
      "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": 2,
    });
    assert.equal(only(all, "gcp:kms/keyRing:KeyRing").inputs.name, "prod-aws-use1-acme-keys");
    const key = only(all, "gcp:kms/cryptoKey:CryptoKey");
    assert.deepEqual([key.inputs.rotationPeriod, key.protect], ["7776000s", true]);
    assert.deepEqual(
      all
        .filter(({ type }) => type === "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember")
        .map(({ inputs }) => inputs.member),
      [
        "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
        "serviceAccount:service-123456789012@gcp-sa-secretmanager.iam.gserviceaccount.com",
      ],
    );
    assert.deepEqual(refusals(all), []);
  });

  test("of a later tenant has another ring: Google never releases names", async () => {
    const spec = { ...gcpSpec, edition: 2 };
    const later = await inventory(
      () => new GcpTenantKeys("gcp-euw1-keys", { ownership: tenantOwnership, spec }),
    );
    assert.equal(only(later, "gcp:kms/keyRing:KeyRing").inputs.name, "prod-aws-use1-acme-keys-2");
  });
});

test("a spec that is not valid is refused before anything is registered", async () => {
  const all = await inventory(() => {
    assert.throws(
      () =>
        new AwsTenantKeys("keys", {
          ownership: tenantOwnership,
          spec: { ...awsSpec, rotationDays: 1, deletionWindowDays: 1 },
        }),
      (error) =>
        error instanceof BlueprintError &&
        error.code === "manifest-invalid" &&
        error.problems.length === 2,
    );
  });
  assert.deepEqual(all, []);
});
