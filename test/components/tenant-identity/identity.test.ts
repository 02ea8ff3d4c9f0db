// What these tests cannot prove: that IAM inserts session tags as the policy reads, and that EKS sets them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import { BlueprintError } from "../../../components/core/errors.ts";
import { policyProblems } from "../../../components/identity/lint.ts";
import { AwsTenantIdentity } from "../../../components/tenant-identity/aws.ts";
import { GcpTenantIdentity } from "../../../components/tenant-identity/gcp.ts";
import type { TenantOffer } from "../../../components/tenant-identity/offer.ts";
import { awsServices, gcpServices } from "../../../components/tenant-identity/plan.ts";
import { identity } from "../../../components/tenant-identity/section.ts";
import { AwsTenantRole } from "../../../components/tenant-identity/shared.ts";
import {
  sharedBuckets,
  sharedRoleArn,
  sharedStatements,
} from "../../../components/tenant-identity/shared-role.ts";
import { offered } from "../../../components/tenant-identity/statements.ts";
import { serviceOf } from "../../../components/tenant-namespaces/services.ts";
import { objectStore } from "../../../components/tenant-object-store/section.ts";
import { secrets } from "../../../components/tenant-secrets/section.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import {
  awsPlace,
  gcpPlace,
  statementsIn,
  tenantOn,
  tenantOwnership,
} from "../../support/tenant.ts";

const cluster = { name: "prod-aws-use1", prefix: "prod-aws-use1" };
const place = { ...awsPlace, ...cluster };
const ofOne: TenantOffer = {
  section: objectStore,
  services: () => ["web/storefront", "web/images"],
  byNamespace: (_, { name }) => name === "web/images",
  gcpAccount: (_, { name }) => name === "web/images",
  aws: () => [{ sid: "Read", actions: "s3:GetObject", resources: "arn:aws:s3:::b/tenants/acme/*" }],
};
const ofAnother: TenantOffer = { section: secrets, services: () => ["jobs/invoicing"] };

describe("which role a service has on AWS", () => {
  test("the shared one where it permits exactly what is granted, and otherwise its own", () => {
    const isolation = { identity: "pool" } as const;
    assert.deepEqual(awsServices(tenantOn("aws", { isolation }), [ofOne, ofAnother]), {
      "jobs/invoicing": "own",
      "web/images": "shared",
      "web/storefront": "own",
    });
  });

  test("its own, if a second section grants it something", () => {
    const more: TenantOffer = { ...ofAnother, services: () => ["web/images"] };
    const isolation = { identity: "pool" } as const;
    assert.deepEqual(awsServices(tenantOn("aws", { isolation }), [ofOne, more]), {
      "web/images": "own",
      "web/storefront": "own",
    });
  });

  test("its own in a bridge and a silo", () => {
    const roles = (["bridge", "silo"] as const).map((own) =>
      awsServices(tenantOn("aws", { isolation: { identity: own } }), [ofOne]),
    );
    const own = { "web/images": "own", "web/storefront": "own" };
    assert.deepEqual(roles, [own, own]);
  });

  test("counts towards the roles of the account and the associations of the cluster", () => {
    const spec = {
      cloud: "aws",
      tenant: "acme",
      isolation: "pool",
      ...awsPlace,
      cluster,
      services: { "web/images": "shared", "web/storefront": "own" },
    } as const;
    assert.deepEqual(identity.demand(spec), { iamRoles: 1, podIdentityAssociations: 2 });
    assert.deepEqual(identity.demand({ cloud: "gcp" }), {});
  });
});

test("services have a service account of Google Cloud only where a section needs one", () => {
  assert.deepEqual(gcpServices(tenantOn("gcp"), [ofOne, ofAnother]), {
    "jobs/invoicing": "federated",
    "web/images": "account",
    "web/storefront": "federated",
  });
});

test("the plan takes the name of the cell's cluster, created or existing", () => {
  const given = { isolation: "pool", tier: {}, settings: {} } as const;
  const planned = (spec: object) =>
    (
      identity.clouds.aws.plan(given, tenantOn("aws", { cell: { cluster: spec } })) as {
        cluster: unknown;
      }
    ).cluster;
  assert.deepEqual(planned({ name: "prod-aws-use1" }), cluster);
  assert.deepEqual(planned({ name: "prod-aws-use1", existing: { name: "legacy" } }), {
    name: "legacy",
    prefix: "prod-aws-use1",
  });
});

test("statements of several sections have sids of their own", () => {
  const found = offered([ofOne, ofOne], () => ({}), serviceOf("acme", "web/storefront"), awsPlace);
  assert.deepEqual(
    found.map(({ sid }) => sid),
    ["Read1", "Read2"],
  );
  assert.deepEqual(
    offered([ofOne], () => undefined, serviceOf("acme", "a/b"), awsPlace),
    [],
  );
});

describe("identities on AWS", async () => {
  const statements = {
    "web/storefront": [
      { sid: "Read1", actions: "s3:GetObject", resources: "arn:aws:s3:::b/tenants/acme/*" },
    ],
  };
  const spec = {
    cloud: "aws",
    tenant: "acme",
    isolation: "pool",
    ...awsPlace,
    cluster,
    services: { "web/images": "shared", "web/storefront": "own" },
  } as const;
  const all = await inventory(
    () =>
      new AwsTenantIdentity("aws-use1-identity", { ownership: tenantOwnership, spec, statements }),
  );
  const pods = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

  test("an own role can be assumed by the pods of one service account only", () => {
    const { inputs } = only(all, "aws:iam/role:Role");
    assert.equal(inputs.name, "prod-aws-use1-tenant-acme-web_storefront");
    const { Assume } = statementsIn(inputs.assumeRolePolicy);
    assert.deepEqual(Assume, {
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:RequestTag/eks-cluster-arn":
            "arn:aws:eks:us-east-1:111122223333:cluster/prod-aws-use1",
          "aws:RequestTag/kubernetes-namespace": "tenant-acme-web",
          "aws:RequestTag/kubernetes-service-account": "storefront",
        },
      },
    });
  });

  test("the shared role is bound without a role of the tenant's own, and with session tags", () => {
    const { inputs } = only(all, pods, "aws-use1-identity-web/images-pods");
    assert.deepEqual(
      [inputs.namespace, inputs.serviceAccount, inputs.roleArn, inputs.clusterName],
      [
        "tenant-acme-web",
        "images",
        "arn:aws:iam::111122223333:role/prod-aws-use1-tenants",
        "prod-aws-use1",
      ],
    );
    assert.deepEqual([inputs.disableSessionTags, inputs.policy], [undefined, undefined]);
    assert.equal(counts(all)[pods], 2);
  });

  test("are accepted by the schemas of the embedded cloud", () => {
    assert.deepEqual(refusals(all), []);
  });

  test("with a wildcard are refused, and nothing is registered", async () => {
    const wide = { "web/storefront": [{ sid: "All", actions: "s3:*", resources: "*" }] };
    const none = await inventory(() => {
      assert.throws(
        () =>
          new AwsTenantIdentity("identity", {
            ownership: tenantOwnership,
            spec,
            statements: wide,
          }),
        (error) => error instanceof BlueprintError && error.problems.length === 2,
      );
    });
    assert.deepEqual(none, []);
  });
});

describe("the role that pods of all tenants share", async () => {
  const reference = { arn: "arn:aws:s3:::prod-shared" };
  const all = await inventory(
    () =>
      new AwsTenantRole("aws-use1-tenancy-identity", {
        ownership: tenantOwnership,
        cluster: place,
        buckets: [reference],
      }),
  );

  test("is for pods in namespaces of tenants of this cluster", () => {
    const { inputs } = only(all, "aws:iam/role:Role");
    assert.ok(sharedRoleArn(place).endsWith(`/${String(inputs.name)}`));
    const { Assume } = statementsIn(inputs.assumeRolePolicy);
    assert.deepEqual(Assume!.Condition, {
      StringEquals: {
        "aws:RequestTag/eks-cluster-arn":
          "arn:aws:eks:us-east-1:111122223333:cluster/prod-aws-use1",
      },
      StringLike: { "aws:RequestTag/kubernetes-namespace": "tenant-*" },
    });
  });

  test("permits the folder of the pod's own namespace, and nothing without the tag", () => {
    const own = `namespaces/\${aws:PrincipalTag/kubernetes-namespace}/*`;
    const policy = statementsIn(only(all, "aws:iam/rolePolicy:RolePolicy").inputs.policy);
    assert.deepEqual(policy.List1!.Condition, { StringLike: { "s3:prefix": own } });
    assert.equal(policy.Objects1!.Resource, `arn:aws:s3:::prod-shared/${own}`);
    assert.deepEqual(Object.keys(policy), ["List1", "Objects1"]);
    assert.deepEqual(policyProblems(sharedStatements([reference], awsPlace)), []);
    assert.deepEqual(refusals(all), []);
  });

  test("is for the buckets of tiers that pool both identities and objects", () => {
    const tier = (identities: "pool" | "silo", objects: "pool" | "silo", bucket: string) => ({
      isolation: { identity: identities, objectStore: objects },
      objectStore: { bucket },
    });
    assert.deepEqual(
      sharedBuckets({
        a: tier("pool", "pool", "x"),
        b: tier("pool", "pool", "x"),
        c: tier("silo", "pool", "y"),
        d: tier("pool", "silo", "z"),
      }),
      ["x"],
    );
  });
});

describe("identities on Google Cloud", async () => {
  const on = { kind: "folder", bucket: "prod-shared", managedFolder: "tenants/acme/u/" } as const;
  const roles = [{ key: "bucket/u/read", role: "roles/storage.objectViewer", on }];
  const all = await inventory(() => {
    const provider = new kubernetes.Provider("cluster", { kubeconfig: "{}" });
    return new GcpTenantIdentity("gcp-euw1-identity", {
      ownership: tenantOwnership,
      spec: {
        cloud: "gcp",
        tenant: "acme",
        project: gcpPlace.project,
        projectNumber: gcpPlace.projectNumber,
        services: { "web/storefront": "federated", "jobs/invoicing": "account" },
      },
      offers: {
        "web/storefront": [{ roles }],
        "jobs/invoicing": [
          { roles: [], sqlUsers: { main: { instance: "prod-db", groups: ["acme_write"] } } },
        ],
      },
      cluster: { provider },
    });
  });

  test("are principals of service accounts, with roles on the tenant's folder", () => {
    const member = only(all, "gcp:storage/managedFolderIamMember:ManagedFolderIamMember");
    assert.deepEqual(member.inputs, {
      bucket: "prod-shared",
      managedFolder: "tenants/acme/u/",
      role: "roles/storage.objectViewer",
      member:
        "principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/acme-prod.svc.id.goog/subject/ns/tenant-acme-web/sa/storefront",
    });
  });

  test("have an account where a section needs one, which these pods alone impersonate", () => {
    const { inputs } = only(all, "gcp:serviceaccount/iAMMember:IAMMember");
    assert.match(String(inputs.member), /subject\/ns\/tenant-acme-jobs\/sa\/invoicing$/);
    const patch = only(all, "kubernetes:core/v1:ServiceAccountPatch").inputs.metadata as Record<
      string,
      unknown
    >;
    assert.deepEqual([patch.name, patch.namespace], ["invoicing", "tenant-acme-jobs"]);
    assert.match(JSON.stringify(patch.annotations), /iam.gke.io\/gcp-service-account/);
    const user = only(all, "gcp:sql/user:User").inputs;
    assert.deepEqual([user.instance, user.databaseRoles], ["prod-db", ["acme_write"]]);
  });

  test("are accepted by the schemas of the embedded cloud", () => {
    assert.deepEqual(refusals(all.filter(({ type }) => !type.startsWith("pulumi:"))), []);
  });
});
