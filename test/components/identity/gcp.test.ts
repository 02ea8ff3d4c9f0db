// What is registered with the engine. Does not prove that Google's conditions apply to every call.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createIdentity } from "../../../components/identity/identity.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { gcpArgs } from "./fixture.ts";

const resources = await inventory(() => createIdentity("identity", gcpArgs()));

const subject = (name: string) =>
  `principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/acme-prod.svc.id.goog/subject/ns/shop/sa/${name}`;

describe("identities on GCP", () => {
  test("are roles on single resources, an account where one is needed, and nothing else", () => {
    assert.deepEqual(counts(resources), {
      "atoll:identity:GcpIdentity": 1,
      "atoll:identity:GcpMember": 2,
      "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": 1,
      "gcp:projects/iAMMember:IAMMember": 3,
      "gcp:secretmanager/secretIamMember:SecretIamMember": 1,
      "gcp:serviceaccount/account:Account": 1,
      "gcp:serviceaccount/iAMMember:IAMMember": 1,
      "gcp:sql/user:User": 1,
      "gcp:storage/bucketIAMMember:BucketIAMMember": 2,
    });
  });

  test("a grant keeps its name when others are added or removed, because Google stores each role once", async () => {
    const args = gcpArgs();
    const { images, ...others } = args.spec.workloads;
    const grants = images.grants.slice(1);
    const fewer = { ...args.spec, workloads: { ...others, images: { ...images, grants } } };
    const left = await inventory(() => createIdentity("identity", { ...args, spec: fewer }));
    const before = new Set(resources.map(({ type, name }) => `${type} ${name}`));
    assert.ok(left.length < resources.length);
    assert.deepEqual(
      left.map(({ type, name }) => `${type} ${name}`).filter((each) => !before.has(each)),
      [],
    );
  });

  test("pods get roles by their service account", () => {
    const { inputs } = only(
      resources,
      "gcp:secretmanager/secretIamMember:SecretIamMember",
      "identity-images-secret/payments/read",
    );
    assert.deepEqual(
      [inputs.role, inputs.member, inputs.secretId],
      ["roles/secretmanager.secretAccessor", subject("images"), "prod-payments"],
    );
  });

  test("a prefix is a condition on object names", () => {
    const { inputs } = only(
      resources,
      "gcp:storage/bucketIAMMember:BucketIAMMember",
      "identity-images-bucket/uploads/images/write",
    );
    assert.equal(inputs.role, "roles/storage.objectCreator");
    assert.equal(
      (inputs.condition as { expression: string }).expression,
      'resource.name.startsWith("projects/_/buckets/prod-gcp-uploads/objects/images/")',
    );
  });

  test("an account has no keys, and only these pods may impersonate it", () => {
    const { inputs } = only(resources, "gcp:serviceaccount/account:Account");
    assert.equal(inputs.accountId, "prod-gcp-euw1-checkout");
    const pods = only(resources, "gcp:serviceaccount/iAMMember:IAMMember").inputs;
    assert.deepEqual(
      [pods.role, pods.member],
      ["roles/iam.workloadIdentityUser", subject("checkout")],
    );
  });

  test("roles of the project apply to one instance", () => {
    const { inputs } = only(
      resources,
      "gcp:projects/iAMMember:IAMMember",
      "identity-checkout-database/main/sign-in",
    );
    assert.equal(inputs.role, "roles/cloudsql.instanceUser");
    assert.match(String(inputs.member), /^serviceAccount:prod-gcp-euw1-checkout@acme-prod\./);
    assert.equal(
      (inputs.condition as { expression: string }).expression,
      'resource.name == "projects/acme-prod/instances/prod-main" && resource.service == "sqladmin.googleapis.com"',
    );
    const unconditional = resources.filter(
      ({ type, inputs }) => type === "gcp:projects/iAMMember:IAMMember" && !inputs.condition,
    );
    assert.deepEqual(unconditional, []);
  });

  test("the condition of a cache's role has its full name", () => {
    const { inputs } = only(
      resources,
      "gcp:projects/iAMMember:IAMMember",
      "identity-checkout-cache/main/connect",
    );
    assert.equal(inputs.role, "roles/memorystore.dbConnectionUser");
    assert.equal(
      (inputs.condition as { expression: string }).expression,
      'resource.name == "projects/acme-prod/locations/europe-west1/instances/prod-main"',
    );
  });

  test("an account with a database is one of its users, by its shortened name", () => {
    const { inputs } = only(resources, "gcp:sql/user:User");
    assert.deepEqual(
      [inputs.instance, inputs.name, inputs.type, inputs.password, inputs.deletionPolicy],
      [
        "prod-main",
        "prod-gcp-euw1-checkout@acme-prod.iam",
        "CLOUD_IAM_SERVICE_ACCOUNT",
        undefined,
        "ABANDON",
      ],
    );
  });

  test("deleting objects is one role, which reads and writes too", async () => {
    const args = gcpArgs({
      workloads: {
        images: {
          namespace: "shop",
          serviceAccount: "images",
          grants: [{ kind: "bucket", name: "uploads", may: ["read", "write", "delete"] }],
        },
      },
    });
    const whole = await inventory(() => createIdentity("identity", args));
    const { inputs } = only(whole, "gcp:storage/bucketIAMMember:BucketIAMMember");
    assert.deepEqual([inputs.role, inputs.condition], ["roles/storage.objectUser", undefined]);
  });

  test("grants of unknown resources are rejected", async () => {
    await inventory(() => {
      assert.throws(
        () => createIdentity("identity", { ...gcpArgs(), references: {} }),
        /checkout: grants access to database "main"/,
      );
    });
  });

  test("the schemas of the embedded cloud accept all of it", () => {
    assert.deepEqual(refusals(resources), []);
  });
});
