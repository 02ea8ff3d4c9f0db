// What is registered with the engine, and the contents of policies. Does not prove how IAM evaluates them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Conditions, Statement } from "../../../components/core/iam.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { awsIdentitySpec } from "../../../components/identity/aws-schema.ts";
import { createIdentity } from "../../../components/identity/identity.ts";
import { trustProblems } from "../../../components/identity/lint-trust.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { awsArgs, awsReferences, statementsIn } from "./fixture.ts";

const resources = await inventory(() => createIdentity("identity", awsArgs()));

function policyOf(workload: string) {
  const { inputs } = only(
    resources,
    "aws:iam/rolePolicy:RolePolicy",
    `identity-${workload}-grants`,
  );
  return statementsIn(inputs.policy);
}

describe("identities on AWS", () => {
  test("are a role, its policy and its pods for each workload, and nothing else", () => {
    assert.deepEqual(counts(resources), {
      "atoll:cluster:AwsPodRole": 2,
      "atoll:identity:AwsIdentity": 1,
      "aws:eks/podIdentityAssociation:PodIdentityAssociation": 2,
      "aws:iam/role:Role": 2,
      "aws:iam/rolePolicy:RolePolicy": 2,
    });
  });

  test("a role is for one cluster, namespace and service account, by session tags", () => {
    const { inputs } = only(resources, "aws:iam/role:Role", "identity-checkout");
    assert.equal(inputs.name, "prod-aws-use1-workload-checkout");
    const [trust] = statementsIn(inputs.assumeRolePolicy);
    assert.deepEqual(trust?.Principal, { Service: "pods.eks.amazonaws.com" });
    assert.deepEqual(trust?.Action, ["sts:AssumeRole", "sts:TagSession"]);
    assert.deepEqual(trust?.Condition?.StringEquals, {
      "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:us-east-1:111122223333:cluster/prod-aws-use1",
      "aws:RequestTag/kubernetes-namespace": "shop",
      "aws:RequestTag/kubernetes-service-account": "checkout",
    });
  });

  test("no trust policy has a confused deputy", () => {
    const roles = resources.filter(({ type }) => type === "aws:iam/role:Role");
    for (const { inputs } of roles) {
      const statements = statementsIn(inputs.assumeRolePolicy).map(
        ({ Sid, Action, Principal, Condition }): Statement => ({
          sid: Sid,
          actions: Action,
          principals: { services: String(Principal?.Service) },
          conditions: Condition as Conditions,
        }),
      );
      assert.deepEqual(trustProblems(statements, "111122223333"), []);
    }
  });

  test("the pods of that service account get that role", () => {
    const { inputs } = only(
      resources,
      "aws:eks/podIdentityAssociation:PodIdentityAssociation",
      "identity-checkout-pods",
    );
    assert.deepEqual(
      [inputs.clusterName, inputs.namespace, inputs.serviceAccount],
      ["prod-aws-use1", "shop", "checkout"],
    );
    assert.match(String(inputs.roleArn), /^arn:aws:iam::/);
  });

  test("reading and writing a prefix allows listing it, its objects, and their key through S3 only", () => {
    const [list, objects, key] = policyOf("checkout");
    assert.deepEqual(
      [list?.Action, list?.Resource, list?.Condition],
      ["s3:ListBucket", "arn:aws:s3:::prod-uploads", { StringLike: { "s3:prefix": "invoices/*" } }],
    );
    assert.deepEqual(objects?.Action, [
      "s3:GetObject",
      "s3:AbortMultipartUpload",
      "s3:ListMultipartUploadParts",
      "s3:PutObject",
    ]);
    assert.equal(objects?.Resource, "arn:aws:s3:::prod-uploads/invoices/*");
    assert.deepEqual(key?.Action, ["kms:Decrypt", "kms:GenerateDataKey"]);
    assert.equal(key?.Condition?.StringEquals?.["kms:ViaService"], "s3.us-east-1.amazonaws.com");
  });

  test("a secret's key is usable for that secret only", () => {
    const { arn } = awsReferences.secret?.payments ?? {};
    const key = policyOf("checkout").find(({ Sid }) => Sid === "SecretKey2");
    assert.deepEqual(key?.Condition?.StringEquals, {
      "kms:EncryptionContext:SecretARN": arn,
      "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
    });
  });

  test("producing writes to one topic and reads from none", () => {
    const actions = policyOf("checkout").flatMap(({ Action }) => Action);
    assert.ok(actions.includes("kafka-cluster:WriteData"));
    assert.ok(!actions.includes("kafka-cluster:ReadData"));
    const produce = policyOf("checkout").find(({ Sid }) => Sid === "Produce3");
    assert.deepEqual(produce?.Resource, [
      "arn:aws:kafka:us-east-1:111122223333:topic/prod-stream/1111-2222/orders.events",
    ]);
  });

  test("consumer groups have the workload's name as prefix", () => {
    const groups = policyOf("billing").find(({ Sid }) => Sid === "Groups1");
    const group = "arn:aws:kafka:us-east-1:111122223333:group/prod-stream/1111-2222/billing";
    assert.deepEqual(groups?.Resource, [group, `${group}.*`]);
  });

  test("databases and caches allow one user", () => {
    const database = policyOf("checkout").find(({ Sid }) => Sid === "Database4");
    assert.equal(
      database?.Resource,
      "arn:aws:rds-db:us-east-1:111122223333:dbuser:cluster-ABCDEFGHIJKL01234/checkout",
    );
    const cache = policyOf("checkout").find(({ Sid }) => Sid === "Cache5");
    assert.deepEqual(cache?.Resource, [
      "arn:aws:elasticache:us-east-1:111122223333:replicationgroup:prod-main",
      "arn:aws:elasticache:us-east-1:111122223333:user:prod-checkout",
    ]);
  });

  test("readers without the proxy use the cluster's id", async () => {
    const reading = await inventory(() =>
      createIdentity("identity", {
        ...awsArgs(),
        references: {
          ...awsArgs().references,
          database: { main: { resourceId: "prx-0a1b", clusterResourceId: "cluster-ABC123" } },
        },
      }),
    );
    const policies = reading.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
    assert.match(
      JSON.stringify(policies.map(({ inputs }) => String(inputs.policy))),
      /dbuser:prx-0a1b\/checkout.{1,80}dbuser:cluster-ABC123\/checkout/,
    );
  });

  test("decrypting with a key is not encrypting with it", () => {
    const key = policyOf("billing").find(({ Sid }) => Sid === "Key2");
    assert.deepEqual(key?.Action, ["kms:DescribeKey", "kms:Decrypt"]);
  });

  test("grants of unknown resources are rejected before anything is registered", async () => {
    const registered = await inventory(() => {
      assert.throws(
        () => createIdentity("identity", { ...awsArgs(), references: { key: {} } }),
        /grants access to unknown resources:\n.*checkout: grants access to bucket "uploads"[\s\S]*billing: grants access to topic/,
      );
    });
    assert.deepEqual(registered, []);
  });

  test("a user that the cache does not have is rejected", async () => {
    await inventory(() => {
      const references = {
        ...awsReferences,
        cache: {
          main: { arn: "arn:aws:elasticache:us-east-1:1:replicationgroup:m", userArns: {} },
        },
      };
      assert.throws(
        () => createIdentity("identity", { ...awsArgs(), references }),
        /user "checkout" of cache "main"/,
      );
    });
  });

  test("the schemas of the embedded cloud accept all of it", () => {
    assert.deepEqual(refusals(resources), []);
  });
});

describe("a workload with many grants", () => {
  const names = (count: number) =>
    Array.from({ length: count }, (_, index) => `orders.t${String(index).padStart(3, "0")}`);
  const granting = (count: number) => {
    const args = awsArgs();
    const cluster = { clusterArn: "arn:aws:kafka:us-east-1:111122223333:cluster/prod/1111-2" };
    const topics = Object.fromEntries(names(count).map((name) => [name, cluster]));
    return {
      ...args,
      references: { ...awsReferences, topic: topics },
      spec: {
        ...args.spec,
        resources: { topic: names(count) },
        workloads: {
          hub: {
            namespace: "shop",
            serviceAccount: "hub",
            grants: names(count).map((name) => ({
              kind: "topic" as const,
              name,
              may: ["consume" as const, "produce" as const],
            })),
          },
        },
      },
    };
  };

  const refusal = (count: number) =>
    checkSpec(awsIdentitySpec, granting(count).spec, "identity")
      .problems.map(({ message }) => message)
      .join();

  test("has managed policies after its inline policy", async () => {
    const made = await inventory(() => createIdentity("identity", granting(30)));
    const { inputs } = only(made, "aws:iam/rolePolicy:RolePolicy", "identity-hub-grants");
    const managed = made.filter(({ type }) => type === "aws:iam/policy:Policy");
    assert.deepEqual(
      managed.map(({ name, inputs: policy }) => [name, policy.name]),
      [2, 3, 4, 5, 6].map((n) => [
        `identity-hub-grants-${n}`,
        `prod-aws-use1-workload-hub-grants-${n}`,
      ]),
    );
    assert.equal(counts(made)["aws:iam/rolePolicyAttachment:RolePolicyAttachment"], 5);
    assert.ok(String(inputs.policy).length <= 10_240);
    for (const { inputs: policy } of managed) assert.ok(String(policy.policy).length <= 6_144);
    const statements = [inputs, ...managed.map((each) => each.inputs)].flatMap(({ policy }) =>
      statementsIn(policy),
    );
    assert.ok(statements.length >= 30 * 4);
  });

  test("is refused with the number that fits", () => {
    const line = refusal(90);
    const fits = Number(/the first (\d+) fill the policies/.exec(line)?.[1]);
    assert.ok(fits > 40 && fits < 90, line);
    assert.equal(refusal(fits), "");
    assert.match(refusal(fits + 1), new RegExp(`the first ${fits} fill`));
  });
});
