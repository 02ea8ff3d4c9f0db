import type * as pulumi from "@pulumi/pulumi";
import type { AwsReferences } from "../../../components/identity/aws-statements.ts";
import type { GcpReferences } from "../../../components/identity/gcp-roles.ts";
import { ownership } from "../../support/ownership.ts";

export const awsPlace = { cloud: "aws", account: "111122223333", region: "us-east-1" } as const;
export const gcpPlace = {
  cloud: "gcp",
  project: "acme-prod",
  projectNumber: "123456789012",
  region: "europe-west1",
} as const;

const kafka = "arn:aws:kafka:us-east-1:111122223333:cluster/prod-stream/1111-2222";
const key = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";

export const awsReferences: AwsReferences = {
  bucket: { uploads: { arn: "arn:aws:s3:::prod-uploads", keyArn: key } },
  key: { data: { arn: key } },
  secret: {
    payments: {
      arn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/payments-AbCdEf",
      keyArn: key,
    },
  },
  topic: { "orders.events": { clusterArn: kafka } },
  database: { main: { resourceId: "cluster-ABCDEFGHIJKL01234" } },
  cache: {
    main: {
      arn: "arn:aws:elasticache:us-east-1:111122223333:replicationgroup:prod-main",
      userArns: { checkout: "arn:aws:elasticache:us-east-1:111122223333:user:prod-checkout" },
    },
  },
};

export const gcpReferences: GcpReferences = {
  bucket: { uploads: { name: "prod-gcp-uploads" } },
  key: { data: { id: "projects/acme-prod/locations/europe-west1/keyRings/r/cryptoKeys/data" } },
  secret: { payments: { secretId: "prod-payments" } },
  database: { main: { instance: "prod-main" } },
  cache: {
    main: { instance: "projects/acme-prod/locations/europe-west1/instances/prod-main" },
  },
};

/** The names of the cell's resources, by kind. */
export function declaredBy(references: Readonly<Record<string, object>>) {
  return Object.fromEntries(
    Object.entries(references).map(([kind, named]) => [kind, Object.keys(named)]),
  );
}

export const awsWorkloads = {
  checkout: {
    namespace: "shop",
    serviceAccount: "checkout",
    grants: [
      { kind: "bucket", name: "uploads", may: ["read", "write"], prefix: "invoices/" },
      { kind: "secret", name: "payments", may: ["read"] },
      { kind: "topic", name: "orders.events", may: ["produce"] },
      { kind: "database", name: "main", may: ["connect"], user: "checkout" },
      { kind: "cache", name: "main", may: ["connect"], user: "checkout" },
    ],
  },
  billing: {
    namespace: "shop",
    serviceAccount: "billing",
    grants: [
      { kind: "topic", name: "orders.events", may: ["consume"] },
      { kind: "key", name: "data", may: ["decrypt"] },
    ],
  },
} as const;

export const gcpWorkloads = {
  checkout: {
    namespace: "shop",
    serviceAccount: "checkout",
    account: true,
    grants: [
      { kind: "database", name: "main", may: ["connect"] },
      { kind: "cache", name: "main", may: ["connect"] },
    ],
  },
  images: {
    namespace: "shop",
    serviceAccount: "images",
    grants: [
      { kind: "bucket", name: "uploads", may: ["read", "write"], prefix: "images/" },
      { kind: "secret", name: "payments", may: ["read"] },
      { kind: "key", name: "data", may: ["encrypt"] },
    ],
  },
} as const;

/** Plain data as in a manifest, with mutable lists. */
function written<Value>(value: Value): Mutable<Value> {
  return structuredClone(value) as Mutable<Value>;
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Mutable<Value[Key]> };

export function awsArgs(settings: object = {}, arn?: pulumi.Input<string>) {
  return {
    cloud: "aws" as const,
    ownership,
    spec: {
      ...awsPlace,
      resources: declaredBy(awsReferences),
      workloads: written(awsWorkloads),
      ...settings,
    },
    cluster: {
      spec: { name: "prod-aws-use1" },
      clusterName: "prod-aws-use1",
      arn: arn ?? "arn:aws:eks:us-east-1:111122223333:cluster/prod-aws-use1",
    },
    references: awsReferences,
  };
}

export function gcpArgs(settings: object = {}) {
  return {
    cloud: "gcp" as const,
    ownership: { ...ownership, cell: "gcp-euw1" },
    spec: {
      ...gcpPlace,
      resources: declaredBy(gcpReferences),
      workloads: written(gcpWorkloads),
      ...settings,
    },
    references: gcpReferences,
  };
}

/** One statement of a policy document. */
export interface Written {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Principal?: Record<string, unknown>;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

export function statementsIn(policy: unknown): Written[] {
  return (JSON.parse(String(policy)) as { Statement: Written[] }).Statement;
}

export const issuer = "https://oidc.seoul.example";

export const onpremWorkloads = {
  exporter: {
    namespace: "shop",
    serviceAccount: "exporter",
    aws: [{ kind: "bucket", name: "uploads", may: ["write"] }],
    gcp: [{ kind: "bucket", name: "uploads", may: ["write"] }],
  },
  reader: {
    namespace: "shop",
    serviceAccount: "reader",
    gcp: [{ kind: "secret", name: "payments", may: ["read"] }],
  },
} as const;

export function onpremArgs(settings: object = {}) {
  const { account, region } = awsPlace;
  const { project, projectNumber, region: gcpRegion } = gcpPlace;
  return {
    cloud: "onprem" as const,
    ownership: { ...ownership, cell: "onprem-sel" },
    spec: {
      cloud: "onprem" as const,
      issuer,
      aws: { account, region },
      gcp: { project, projectNumber, region: gcpRegion },
      resources: { aws: declaredBy(awsReferences), gcp: declaredBy(gcpReferences) },
      workloads: written(onpremWorkloads),
      ...settings,
    },
    references: { aws: awsReferences, gcp: gcpReferences },
  };
}

export const mainBranch = {
  platform: "github",
  repository: "acme/footprint",
  on: { event: "branch", name: "main" },
} as const;

export const pullRequest = { ...mainBranch, on: { event: "pull-request" } } as const;

export const awsDeployers = {
  main: {
    from: mainBranch,
    statements: [
      {
        sid: "Take",
        actions: ["sts:AssumeRole"],
        resources: ["arn:aws:iam::111122223333:role/atoll-deploy"],
      },
    ],
    boundary: "arn:aws:iam::111122223333:policy/deploy-boundary",
  },
  proposals: {
    from: pullRequest,
    statements: [
      {
        sid: "Read",
        actions: ["s3:GetObject", "s3:ListBucket"],
        resources: ["arn:aws:s3:::acme-state", "arn:aws:s3:::acme-state/*"],
      },
    ],
  },
} as const;

export const gcpDeployers = {
  main: {
    from: { platform: "gitlab", project: "acme/footprint", on: { event: "branch", name: "main" } },
    roles: [
      { role: "roles/container.developer" },
      {
        role: "roles/resourcemanager.projectIamAdmin",
        mayGrant: ["roles/cloudsql.client", "roles/cloudsql.instanceUser"],
      },
    ],
  },
} as const;

export function awsDeployersArgs(settings: object = {}) {
  return {
    cloud: "aws" as const,
    ownership,
    spec: {
      cloud: "aws" as const,
      account: awsPlace.account,
      deployers: written(awsDeployers),
      ...settings,
    },
  };
}

export function gcpDeployersArgs(settings: object = {}) {
  const { project, projectNumber } = gcpPlace;
  return {
    cloud: "gcp" as const,
    ownership: { ...ownership, cell: "gcp-euw1" },
    spec: {
      cloud: "gcp" as const,
      project,
      projectNumber,
      deployers: written(gcpDeployers),
      ...settings,
    },
  };
}
