// Registered resources and policies. Whether the operator can read with them is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GcpSecretsAgent } from "../../../components/secrets/gcp-agent.ts";
import { createSecrets } from "../../../components/secrets/secrets.ts";
import { checkKubernetes } from "../../../simulator/schema/index.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import {
  awsArgs,
  awsKey,
  eks,
  functionArn,
  gcpArgs,
  gcpKey,
  onpremSecrets,
  site,
} from "./fixture.ts";

/** Validates Kubernetes objects by Kubernetes' schemas, and everything else by those of the SDKs. */
function refused(resources: readonly Registered[]): string[] {
  const isObject = ({ inputs }: Registered) => typeof inputs.apiVersion === "string";
  const objects = resources
    .filter(isObject)
    .flatMap(({ name, inputs }) =>
      checkKubernetes(inputs).map(({ property, reason }) => `${name}: ${property} ${reason}`),
    );
  const others = resources.filter(
    (resource) => !isObject(resource) && !resource.type.startsWith("pulumi:"),
  );
  return [...objects, ...refusals(others)];
}

const store = (resources: readonly Registered[]) =>
  only(resources, "kubernetes:external-secrets.io/v1:ClusterSecretStore").inputs;

const inCluster = {
  "atoll:secrets:ExternalSecrets": 1,
  "atoll:secrets:IsolatedNamespace": 1,
  "kubernetes:core/v1:Namespace": 1,
  "kubernetes:external-secrets.io/v1:ClusterSecretStore": 1,
  "kubernetes:helm.sh/v3:Release": 1,
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy": 1,
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding": 1,
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": 4,
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": 2,
  "pulumi:providers:kubernetes": 1,
};

describe("AWS", async () => {
  const resources = await inventory(() =>
    createSecrets("secrets", { ...awsArgs(), cluster: eks() }),
  );

  test("there are secrets, the operator with its role, and nothing else", () => {
    assert.deepEqual(counts(resources), {
      "atoll:cluster:AwsPodRole": 1,
      "atoll:secrets:AwsSecrets": 1,
      "aws:eks/podIdentityAssociation:PodIdentityAssociation": 1,
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
      "aws:secretsmanager/secret:Secret": 2,
      "aws:secretsmanager/secretPolicy:SecretPolicy": 2,
      "aws:secretsmanager/secretRotation:SecretRotation": 1,
      ...inCluster,
    });
    assert.ok(!JSON.stringify(resources).includes("SecretVersion"));
  });

  test("a secret has a customer-managed key, a recovery window of 30 days, and access for its account only", () => {
    const { inputs, protect } = only(
      resources,
      "aws:secretsmanager/secret:Secret",
      "secrets-payments",
    );
    assert.deepEqual(
      [inputs.name, inputs.kmsKeyId, inputs.recoveryWindowInDays, protect],
      ["prod/aws-use1/payments", awsKey, 30, true],
    );
    const policy = only(
      resources,
      "aws:secretsmanager/secretPolicy:SecretPolicy",
      "secrets-payments-policy",
    ).inputs;
    assert.equal(policy.blockPublicPolicy, true);
    const [statement] = JSON.parse(String(policy.policy)).Statement;
    assert.equal(statement.Effect, "Deny");
    assert.equal(statement.Condition.StringNotEquals["aws:PrincipalAccount"], "111122223333");
  });

  test("a secret of an ephemeral environment is deleted immediately", async () => {
    const short = await inventory(() => createSecrets("secrets", { ...awsArgs(), retain: false }));
    const { inputs, protect } = only(short, "aws:secretsmanager/secret:Secret", "secrets-payments");
    assert.deepEqual([inputs.recoveryWindowInDays, protect], [0, false]);
    assert.equal(short.filter(({ type }) => type.startsWith("kubernetes:")).length, 0);
  });

  test("rotation calls the function every 30 days, and not before there is a value", () => {
    const { inputs } = only(resources, "aws:secretsmanager/secretRotation:SecretRotation");
    assert.deepEqual(
      [inputs.rotationLambdaArn, inputs.rotationRules, inputs.rotateImmediately],
      [functionArn, { automaticallyAfterDays: 30 }, false],
    );
  });

  test("only the operator's pods can read the cell's secrets, and no others", () => {
    const identity = only(
      resources,
      "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    ).inputs;
    assert.deepEqual(
      [identity.clusterName, identity.namespace, identity.serviceAccount],
      ["prod-aws-use1", "external-secrets", "external-secrets"],
    );
    const { Statement } = JSON.parse(
      String(only(resources, "aws:iam/rolePolicy:RolePolicy").inputs.policy),
    );
    assert.deepEqual(Statement[0].Action, [
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
    ]);
    assert.equal(
      Statement[0].Resource,
      "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/aws-use1/*",
    );
    assert.deepEqual([Statement[1].Action, Statement[1].Resource], ["kms:Decrypt", awsKey]);
    const release = only(resources, "kubernetes:helm.sh/v3:Release");
    assert.ok(release.dependsOn.some((urn) => urn.endsWith("::secrets-identity")));
  });

  test("the operator processes no other store, and nobody may create one", () => {
    const { values } = only(resources, "kubernetes:helm.sh/v3:Release").inputs as {
      values: Record<string, unknown>;
    };
    const off = Object.entries(values).filter(([key]) => key.startsWith("process"));
    assert.deepEqual(Object.fromEntries(off), {
      processSecretStore: false,
      processClusterGenerator: false,
      processClusterExternalSecret: false,
      processPushSecret: false,
      processClusterPushSecret: false,
    });
    assert.deepEqual(values.rbac, { aggregateToEdit: false, aggregateToView: false });
    const role = only(
      resources,
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
      "secrets-external-edit",
    ).inputs;
    assert.deepEqual(
      (role.rules as { resources: string[] }[]).map((rule) => rule.resources),
      [["externalsecrets"]],
    );
    const policy = only(
      resources,
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy",
    ).inputs.spec as { matchConstraints: { resourceRules: { resources: string[] }[] } };
    assert.deepEqual(
      policy.matchConstraints.resourceRules.flatMap((rule) => rule.resources),
      ["secretstores", "pushsecrets", "clusterpushsecrets", "clusterexternalsecrets", "*"],
    );
    const binding = only(
      resources,
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding",
    ).inputs.spec as { validationActions: string[] };
    assert.deepEqual(binding.validationActions, ["Deny"]);
  });

  test("its pods have requests and a priority, and spread", () => {
    const { values } = only(resources, "kubernetes:helm.sh/v3:Release").inputs as {
      values: Record<string, Record<string, unknown>>;
    };
    for (const part of [values, values.webhook ?? {}, values.certController ?? {}]) {
      const { priorityClassName, replicaCount, resources: amount } = part;
      assert.deepEqual([priorityClassName, replicaCount], ["atoll-system", 2]);
      assert.match(JSON.stringify(amount), /"requests":\{"cpu":"50m","memory":"\d+Mi"\}/);
      assert.equal((part.topologySpreadConstraints as unknown as unknown[]).length, 2);
    }
  });

  test("the store uses the identity of the operator's pods, for labelled namespaces", () => {
    assert.deepEqual(store(resources).spec, {
      conditions: [{ namespaceSelector: { matchLabels: { "atoll.dev/secrets": "cell" } } }],
      provider: { aws: { service: "SecretsManager", region: "us-east-1" } },
    });
  });

  test("the schemas of the embedded cloud accept everything", () => {
    assert.deepEqual(refused(resources), []);
  });
});

describe("GCP", async () => {
  const resources = await inventory(() =>
    createSecrets("secrets", { ...gcpArgs(), cluster: site() }),
  );

  test("there are secrets, the operator with its account, and nothing else", () => {
    assert.deepEqual(counts(resources), {
      "atoll:secrets:GcpSecrets": 1,
      "gcp:secretmanager/secret:Secret": 2,
      "gcp:secretmanager/secretIamMember:SecretIamMember": 2,
      ...inCluster,
    });
  });

  test("a secret stays in its region, with a customer-managed key", () => {
    const { inputs, protect } = only(
      resources,
      "gcp:secretmanager/secret:Secret",
      "secrets-payments",
    );
    assert.deepEqual(
      [inputs.secretId, inputs.versionDestroyTtl, inputs.deletionProtection, protect],
      ["prod-gcp-euw1-payments", "604800s", true, true],
    );
    assert.deepEqual(inputs.replication, {
      userManaged: {
        replicas: [{ location: "europe-west1", customerManagedEncryption: { kmsKeyName: gcpKey } }],
      },
    });
    assert.equal(inputs.rotation, undefined);
  });

  test("rotation notifies a topic, and the time that Google Cloud updates is ignored", () => {
    const { inputs, ignoreChanges } = only(
      resources,
      "gcp:secretmanager/secret:Secret",
      "secrets-signing",
    );
    assert.deepEqual(inputs.rotation, {
      rotationPeriod: "2592000s",
      nextRotationTime: "2027-01-31T09:00:00Z",
    });
    assert.deepEqual(inputs.topics, [{ name: "projects/acme-prod/topics/rotate" }]);
    assert.deepEqual(ignoreChanges, ["rotation.nextRotationTime"]);
  });

  test("the operator's service account has access to each secret", () => {
    const { inputs } = only(
      resources,
      "gcp:secretmanager/secretIamMember:SecretIamMember",
      "secrets-payments-reader",
    );
    assert.equal(inputs.role, "roles/secretmanager.secretAccessor");
    assert.equal(
      inputs.member,
      "principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/acme-prod.svc.id.goog/subject/ns/external-secrets/sa/external-secrets",
    );
    assert.deepEqual((store(resources).spec as { provider: unknown }).provider, {
      gcpsm: { projectID: "acme-prod" },
    });
  });

  test("the service agent of a project can use its keys", async () => {
    const agents = await inventory(
      () =>
        new GcpSecretsAgent("agent", {
          ownership,
          project: "acme-prod",
          keyNames: { "europe-west1": gcpKey },
        }),
    );
    const { inputs } = only(agents, "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember");
    assert.deepEqual(
      [inputs.cryptoKeyId, inputs.role],
      [gcpKey, "roles/cloudkms.cryptoKeyEncrypterDecrypter"],
    );
    assert.equal(
      only(agents, "gcp:projects/serviceIdentity:ServiceIdentity").inputs.service,
      "secretmanager.googleapis.com",
    );
  });

  test("the schemas of the embedded cloud accept everything", () => {
    assert.deepEqual(refused(resources), []);
  });
});

describe("on-premises", async () => {
  const resources = await inventory(() =>
    onpremSecrets({ externalSecrets: { namespaces: ["shop"] } }),
  );

  test("there is a store of a vault, and nothing else", () => {
    assert.deepEqual(counts(resources), { "atoll:secrets:OnpremSecrets": 1, ...inCluster });
    assert.deepEqual(store(resources).spec, {
      conditions: [{ namespaces: ["shop"] }],
      provider: {
        vault: {
          server: "https://vault.example:8200",
          path: "secret",
          version: "v2",
          auth: {
            kubernetes: {
              mountPath: "kubernetes",
              role: "external-secrets",
              serviceAccountRef: { name: "external-secrets", namespace: "external-secrets" },
            },
          },
        },
      },
    });
  });

  test("the operator can reach the vault's port", () => {
    const { inputs } = only(
      resources,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      "secrets-external-namespace-outside",
    );
    assert.match(JSON.stringify(inputs.spec), /"port":8200/);
  });

  test("an existing operator is not installed again", async () => {
    const present = await inventory(() =>
      onpremSecrets({ externalSecrets: { operator: "present" } }),
    );
    assert.deepEqual(
      present.filter(({ type }) => type.startsWith("kubernetes:")).map(({ name }) => name),
      ["secrets-external-store"],
    );
  });

  test("the schemas of the embedded cloud accept everything", () => {
    assert.deepEqual(refused(resources), []);
  });
});
