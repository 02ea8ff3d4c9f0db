// What these tests cannot prove: how External Secrets authenticates, and that an API server evaluates the policy's CEL as it reads.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import type { Statement } from "../../../components/core/iam.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { policyProblems } from "../../../components/identity/lint.ts";
import { serviceOf } from "../../../components/tenant-namespaces/services.ts";
import { tenantExternalSecrets } from "../../../components/tenant-secrets/admission.ts";
import { AwsTenantSecrets } from "../../../components/tenant-secrets/aws.ts";
import { AwsTenantSecretsRole } from "../../../components/tenant-secrets/aws-shared.ts";
import { GcpTenantSecrets } from "../../../components/tenant-secrets/gcp.ts";
import { secretsOffer } from "../../../components/tenant-secrets/offer.ts";
import { OnpremTenantSecrets } from "../../../components/tenant-secrets/onprem.ts";
import {
  awsTenantSecretsSpec,
  gcpTenantSecretsSpec,
  onpremTenantSecretsSpec,
  secretsSettings,
  secretsTier,
} from "../../../components/tenant-secrets/schema.ts";
import { secrets } from "../../../components/tenant-secrets/section.ts";
import { TenantSecretsPolicy } from "../../../components/tenant-secrets/shared.ts";
import { storesStatements } from "../../../components/tenant-secrets/shared-role.ts";
import { refusals } from "../../support/accepted.ts";
import { inventory, only, type Registered } from "../../support/inventory.ts";
import { awsPlace, statementsIn, tenantOn, tenantOwnership } from "../../support/tenant.ts";

const vault = {
  server: "https://vault.example:8200",
  path: "secret",
  role: "external-secrets",
  mountPath: "kubernetes",
};
const cell = {
  cluster: { name: "prod-gcp-euw1", region: "europe-west1" },
  secrets: { externalSecrets: { namespace: "external-secrets", store: "cell" }, vault },
};
const stripe = { description: "payments", readers: ["web/storefront"] };
const given = (settings: object, tier: object = {}) => ({
  isolation: "pool" as const,
  tier: secretsTier.parse(tier),
  settings: secretsSettings.parse(settings),
});
const one = given({ secrets: { stripe } });
const problems = (
  cloud: "aws" | "onprem",
  settings: object,
  tier: object = {},
  on: object = cell,
) =>
  secrets.clouds[cloud]
    .check(given(settings, tier), tenantOn(cloud, { cell: on as Record<string, unknown> }))
    .map(({ path, message }) => `${path}: ${message}`);

const planned = {
  aws: awsTenantSecretsSpec.parse(secrets.clouds.aws.plan(one, tenantOn("aws", { cell }))),
  gcp: gcpTenantSecretsSpec.parse(secrets.clouds.gcp.plan(one, tenantOn("gcp", { cell }))),
  onprem: onpremTenantSecretsSpec.parse(
    secrets.clouds.onprem.plan(given({}), tenantOn("onprem", { cell })),
  ),
};
const keyArn = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000";
const cluster = () => ({ provider: new kubernetes.Provider("cluster", { kubeconfig: "{}" }) });
const custom = (all: readonly Registered[]) =>
  all.filter(({ type }) => !type.startsWith("pulumi:"));
const storeIn = (all: readonly Registered[]) =>
  only(all, "kubernetes:external-secrets.io/v1:ClusterSecretStore").inputs as {
    readonly metadata: { readonly name: string };
    readonly spec: {
      readonly conditions: unknown;
      readonly provider: Record<string, Record<string, unknown>>;
    };
  };
const conditions = [{ namespaces: ["tenant-acme-web", "tenant-acme-jobs"] }];

describe("the plan of a tenant's secrets", () => {
  test("has the path of the tenant, and the role of all stores on AWS", () => {
    assert.equal(planned.aws.path, "prod/aws-use1/tenants/acme/");
    assert.equal(planned.aws.role, "arn:aws:iam::111122223333:role/prod-aws-use1-tenant-secrets");
    assert.equal(planned.aws.store, "tenant-acme");
  });

  test("has names and a reader that no other environment or cell of the project has", () => {
    assert.equal(planned.gcp.secrets.stripe!.name, "prod-gcp-euw1-tenants-acme-stripe");
    assert.deepEqual(planned.gcp.reader, {
      name: "prod-gcp-euw1-acme-secrets",
      namespace: "external-secrets",
    });
    assert.deepEqual(planned.gcp.cluster, { name: "prod-gcp-euw1", location: "europe-west1" });
  });

  test("has the cell's vault with a role of the tenant's own on-premises", () => {
    assert.deepEqual(planned.onprem.vault, { ...vault, role: "prod-onprem-sel-acme-secrets" });
    const named = secrets.clouds.onprem.plan(
      given({ vaultRole: "acme-reader" }),
      tenantOn("onprem", { cell }),
    );
    const { spec } = checkSpec(secrets.clouds.onprem.spec, named, "secrets");
    assert.equal(spec?.vault.role, "acme-reader");
  });
});

describe("what a tenant cannot have", () => {
  test("more secrets than the tier gives, unknown readers, a role of a vault in the cloud", () => {
    const two = { stripe: { ...stripe, readers: ["web/nobody"] }, other: { description: "more" } };
    assert.deepEqual(problems("aws", { secrets: two, vaultRole: "x" }, { most: 1 }).length, 3);
  });

  test("secrets in the cloud on-premises", () => {
    const [found] = problems("onprem", { secrets: { stripe: { description: "payments" } } });
    assert.match(found!, /^secrets: must be omitted on-premises/);
  });

  test("a store with the name of the cell's", () => {
    const taken = { secrets: { externalSecrets: { store: "tenant-acme" } } };
    const [found] = problems("aws", {}, {}, taken);
    assert.match(found!, /secrets.externalSecrets.store of the cell must be another name/);
  });
});

describe("on AWS", async () => {
  let statements: Statement[] = [];
  const all = await inventory(() => {
    const built = new AwsTenantSecrets("aws-use1-secrets", {
      ownership: tenantOwnership,
      spec: planned.aws,
      keyArn,
      cluster: cluster(),
    });
    statements = secretsOffer.aws!(built, serviceOf("acme", "web/storefront"), awsPlace);
    assert.deepEqual(secretsOffer.aws!(built, serviceOf("acme", "web/images"), awsPlace), []);
  });

  test("the store serves the tenant's namespaces by name, at its path, with its tag", () => {
    const { metadata, spec } = storeIn(all);
    assert.equal(metadata.name, "tenant-acme");
    assert.deepEqual(spec, {
      conditions,
      provider: {
        aws: {
          service: "SecretsManager",
          region: "us-east-1",
          role: "arn:aws:iam::111122223333:role/prod-aws-use1-tenant-secrets",
          sessionTags: [{ key: "atoll-tenant", value: "acme" }],
          prefix: "prod/aws-use1/tenants/acme/",
        },
      },
    });
    assert.deepEqual(
      all.filter(({ type }) => type === "kubernetes:core/v1:ServiceAccount"),
      [],
    );
  });

  test("a secret is encrypted with the tenant's key, kept, and denied to other tenants", () => {
    const secret = only(all, "aws:secretsmanager/secret:Secret");
    assert.deepEqual(
      [secret.inputs.name, secret.inputs.kmsKeyId, secret.protect],
      ["prod/aws-use1/tenants/acme/stripe", keyArn, true],
    );
    const policy = statementsIn(
      only(all, "aws:secretsmanager/secretPolicy:SecretPolicy").inputs.policy,
    );
    assert.deepEqual(policy.DenyOtherStores!.Condition, {
      Null: { "aws:PrincipalTag/atoll-tenant": "false" },
      StringNotEquals: { "aws:PrincipalTag/atoll-tenant": "acme" },
    });
    assert.deepEqual(policy.DenyOtherTenants!.Condition, {
      StringLike: { "aws:PrincipalTag/kubernetes-namespace": "tenant-*" },
      StringNotLike: { "aws:PrincipalTag/kubernetes-namespace": "tenant-acme-*" },
    });
  });

  test("a reader gets the one secret, and the schemas accept everything", () => {
    assert.deepEqual(
      statements.map(({ sid }) => sid),
      ["Secret", "SecretKey"],
    );
    assert.deepEqual(refusals(custom(all)), []);
  });
});

describe("the role of the stores of all tenants", async () => {
  const place = { environment: "prod", cell: "aws-use1", ...awsPlace };
  const operator = {
    arn: "arn:aws:iam::111122223333:role/prod-aws-use1-external-secrets",
    roleName: "prod-aws-use1-external-secrets",
  };
  const all = await inventory(
    () =>
      new AwsTenantSecretsRole("aws-use1-tenancy-secrets-role", {
        ownership: tenantOwnership,
        cell: place,
        keyArn,
        operator,
      }),
  );
  const policies = all.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
  const policyOf = (role: string) =>
    statementsIn(policies.find(({ inputs }) => inputs.name === role)?.inputs.policy);

  test("is assumed by the operator, and only with the tag", () => {
    const role = only(all, "aws:iam/role:Role");
    assert.equal(role.inputs.name, "prod-aws-use1-tenant-secrets");
    assert.deepEqual(statementsIn(role.inputs.assumeRolePolicy).AssumeForOneTenant, {
      Effect: "Allow",
      Principal: { AWS: operator.arn },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: { StringLike: { "aws:RequestTag/atoll-tenant": "?*" } },
    });
  });

  test("reads below the path of the session's tenant", () => {
    const own =
      "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/aws-use1/tenants/$" +
      "{aws:PrincipalTag/atoll-tenant}/*";
    const { ReadSecrets, DecryptSecrets } = policyOf("read");
    assert.equal(ReadSecrets!.Resource, own);
    assert.deepEqual(DecryptSecrets!.Condition, {
      StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" },
      StringLike: { "kms:EncryptionContext:SecretARN": own },
    });
    assert.deepEqual(policyProblems(storesStatements(place, keyArn)), []);
  });

  test("takes the secrets of tenants from the operator's own role, which the cell's store uses", () => {
    const { AssumeForTenants, DenySecretsOfTenants } = policyOf("tenants");
    assert.deepEqual(AssumeForTenants!.Action, ["sts:AssumeRole", "sts:TagSession"]);
    assert.deepEqual(DenySecretsOfTenants, {
      Effect: "Deny",
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      Resource: "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/aws-use1/tenants/*",
    });
    assert.deepEqual(refusals(all), []);
  });
});

describe("on Google Cloud", async () => {
  const all = await inventory(
    () =>
      new GcpTenantSecrets("gcp-euw1-secrets", {
        ownership: tenantOwnership,
        spec: planned.gcp,
        keyName: "projects/p/locations/l/keyRings/r/cryptoKeys/data",
        cluster: cluster(),
      }),
  );

  test("the store authenticates as an account in the operator's namespace", () => {
    const reader = { name: "prod-gcp-euw1-acme-secrets", namespace: "external-secrets" };
    const { spec } = storeIn(all);
    assert.deepEqual(spec.conditions, conditions);
    assert.deepEqual(spec.provider.gcpsm!.auth, {
      workloadIdentity: {
        clusterProjectID: "acme-prod",
        clusterLocation: "europe-west1",
        clusterName: "prod-gcp-euw1",
        serviceAccountRef: reader,
      },
    });
    const account = only(all, "kubernetes:core/v1:ServiceAccount").inputs;
    const { name, namespace } = account.metadata as { name: string; namespace: string };
    assert.deepEqual({ name, namespace }, reader);
    assert.equal(account.automountServiceAccountToken, false);
  });

  test("the account reads this secret, and no other", () => {
    const { inputs } = only(all, "gcp:secretmanager/secretIamMember:SecretIamMember");
    assert.equal(inputs.secretId, "prod-gcp-euw1-tenants-acme-stripe");
    assert.match(
      String(inputs.member),
      /subject\/ns\/external-secrets\/sa\/prod-gcp-euw1-acme-secrets$/,
    );
    assert.deepEqual(refusals(custom(all)), []);
  });
});

describe("on-premises", async () => {
  const all = await inventory(
    () =>
      new OnpremTenantSecrets("onprem-sel-secrets", {
        ownership: tenantOwnership,
        spec: planned.onprem,
        cluster: cluster(),
      }),
  );

  test("the store authenticates to the vault with the tenant's own role and account", () => {
    const { spec } = storeIn(all);
    assert.deepEqual(spec.conditions, conditions);
    assert.deepEqual(spec.provider.vault!.auth, {
      kubernetes: {
        mountPath: "kubernetes",
        role: "prod-onprem-sel-acme-secrets",
        serviceAccountRef: {
          name: "prod-onprem-sel-acme-secrets",
          namespace: "external-secrets",
        },
      },
    });
    assert.deepEqual(refusals(custom(all)), []);
  });
});

describe("the policy for ExternalSecrets of tenants", async () => {
  const all = await inventory(
    () =>
      new TenantSecretsPolicy("aws-use1-tenancy-secrets", {
        ownership: tenantOwnership,
        cluster: cluster(),
      }),
  );

  test("is bound, and denies", () => {
    const bound = only(
      all,
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding",
    );
    assert.deepEqual(bound.inputs.spec, {
      policyName: "atoll-tenant-external-secrets",
      validationActions: ["Deny"],
    });
    assert.deepEqual(refusals(custom(all)), []);
  });

  test("binds the store to the tenant that the namespace's label says", () => {
    const [{ expression } = { expression: "" }] = tenantExternalSecrets.validations;
    assert.ok(
      expression.endsWith(
        "object.spec.secretStoreRef.name == 'tenant-' + namespaceObject.metadata.labels['atoll.dev/tenant']",
      ),
      expression,
    );
    assert.equal(tenantExternalSecrets.failurePolicy, "Fail");
  });
});
