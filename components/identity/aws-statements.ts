/** From grants to what AWS IAM takes: the fewest actions that do what a verb says, on the one resource. */
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";
import { clientStatements } from "../stream/aws-access.ts";
import type { AwsGrant, GrantKind } from "./grant-schema.ts";

/** What IAM needs to know of each kind of resource. */
interface ReferenceOf {
  readonly bucket: {
    readonly arn: pulumi.Input<string>;
    /** The key that its objects are under. */
    readonly keyArn: pulumi.Input<string>;
  };
  readonly key: { readonly arn: pulumi.Input<string> };
  readonly secret: { readonly arn: pulumi.Input<string>; readonly keyArn: pulumi.Input<string> };
  readonly topic: {
    /** `arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>` */
    readonly clusterArn: pulumi.Input<string>;
  };
  readonly database: {
    /** `cluster-...` of an Aurora cluster, or `prx-...` of the proxy in front of it. */
    readonly resourceId: pulumi.Input<string>;
    /** `cluster-...` where clients read past the proxy, from the cluster's readers. @default they do not */
    readonly clusterResourceId?: pulumi.Input<string>;
  };
  readonly cache: {
    readonly arn: pulumi.Input<string>;
    /** ARN of each user, by its key. */
    readonly userArns: Readonly<Record<string, pulumi.Input<string>>>;
  };
}

/** The resources of a cell, by kind and by the name that grants know them by. */
export type AwsReferences = {
  readonly [Kind in GrantKind]?: Readonly<Record<string, ReferenceOf[Kind]>>;
};

export interface AwsPlace {
  readonly account: string;
  readonly region: string;
}

/** The grants that nothing is known of, which would have no statement: `bucket "uploads"`. */
export function missingReferences(
  grants: readonly AwsGrant[],
  references: AwsReferences,
): string[] {
  return grants.flatMap((grant) => {
    const { kind, name } = grant;
    if (references[kind]?.[name] === undefined) return [`${kind} "${name}"`];
    if (grant.kind !== "cache") return [];
    const known = references.cache?.[name]?.userArns[grant.user] !== undefined;
    return known ? [] : [`user "${grant.user}" of cache "${name}"`];
  });
}

/** The statements of one workload. @param workload its key, which its consumer groups are called after */
export function workloadStatements(
  workload: string,
  grants: readonly AwsGrant[],
  references: AwsReferences,
  place: AwsPlace,
): Statement[] {
  return grants.flatMap((grant, index) =>
    statementsOf(workload, grant, references, place).map((statement) => ({
      ...statement,
      sid: `${statement.sid}${index + 1}`,
    })),
  );
}

function statementsOf(
  workload: string,
  grant: AwsGrant,
  references: AwsReferences,
  place: AwsPlace,
): Statement[] {
  switch (grant.kind) {
    case "bucket": {
      const found = references.bucket?.[grant.name];
      return found ? bucketStatements(grant, found, place) : [];
    }
    case "key": {
      const found = references.key?.[grant.name];
      return found ? [keyStatement(grant.may, found.arn)] : [];
    }
    case "secret": {
      const found = references.secret?.[grant.name];
      return found ? secretStatements(found, place) : [];
    }
    case "topic": {
      const found = references.topic?.[grant.name];
      return found ? topicStatements(workload, grant, found.clusterArn) : [];
    }
    case "database": {
      const found = references.database?.[grant.name];
      return found ? [databaseStatement(grant.user, found, place)] : [];
    }
    case "cache": {
      const found = references.cache?.[grant.name];
      const user = found?.userArns[grant.user];
      return found && user !== undefined ? [cacheStatement(found.arn, user)] : [];
    }
  }
}

type GrantOf<Kind extends GrantKind> = Extract<AwsGrant, { kind: Kind }>;

/** Source: "Actions, resources, and condition keys for Amazon S3", and "Using S3 Bucket Keys" for the encryption context. */
function bucketStatements(
  { may, prefix = "" }: GrantOf<"bucket">,
  { arn, keyArn }: ReferenceOf["bucket"],
  { region }: AwsPlace,
): Statement[] {
  const objects = pulumi.interpolate`${arn}/${prefix}*`;
  const read = may.includes("read");
  const write = may.includes("write");
  const object = [
    ...(read ? ["s3:GetObject"] : []),
    ...(write ? ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"] : []),
    ...(may.includes("delete") ? ["s3:DeleteObject"] : []),
  ];
  const list: Statement = {
    sid: "List",
    actions: "s3:ListBucket",
    resources: arn,
    ...(prefix ? { conditions: { StringLike: { "s3:prefix": `${prefix}*` } } } : {}),
  };
  const throughS3: Statement = {
    sid: "ObjectKey",
    // A part of a multipart upload is decrypted again when the parts are put together.
    actions: write ? ["kms:Decrypt", "kms:GenerateDataKey"] : "kms:Decrypt",
    resources: keyArn,
    conditions: {
      StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [arn, pulumi.interpolate`${arn}/*`] },
    },
  };
  return [
    ...(read ? [list] : []),
    { sid: "Objects", actions: object, resources: objects },
    ...(read || write ? [throughS3] : []),
  ];
}

function keyStatement(may: GrantOf<"key">["may"], arn: pulumi.Input<string>): Statement {
  return {
    sid: "Key",
    actions: [
      "kms:DescribeKey",
      ...(may.includes("encrypt") ? ["kms:Encrypt", "kms:GenerateDataKey"] : []),
      ...(may.includes("decrypt") ? ["kms:Decrypt"] : []),
    ],
    resources: arn,
  };
}

function secretStatements(
  { arn, keyArn }: ReferenceOf["secret"],
  { region }: AwsPlace,
): Statement[] {
  return [
    {
      sid: "Secret",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: arn,
    },
    {
      sid: "SecretKey",
      actions: "kms:Decrypt",
      resources: keyArn,
      conditions: {
        StringEquals: {
          "kms:EncryptionContext:SecretARN": arn,
          "kms:ViaService": `secretsmanager.${region}.amazonaws.com`,
        },
      },
    },
  ];
}

function topicStatements(
  workload: string,
  { name, may, group }: GrantOf<"topic">,
  clusterArn: pulumi.Input<string>,
): Statement[] {
  return clientStatements(
    workload,
    {
      produce: may.includes("produce") ? [name] : [],
      consume: may.includes("consume") ? [name] : [],
      transactional: false,
      ...(group === undefined ? {} : { group }),
    },
    clusterArn,
  );
}

/** Source: "Creating and using an IAM policy for IAM database access", Aurora user guide. */
function databaseStatement(
  user: string,
  { resourceId, clusterResourceId }: ReferenceOf["database"],
  { account, region }: AwsPlace,
): Statement {
  const at = (id: pulumi.Input<string>) =>
    pulumi.interpolate`arn:aws:rds-db:${region}:${account}:dbuser:${id}/${user}`;
  return {
    sid: "Database",
    actions: "rds-db:connect",
    resources:
      clusterResourceId === undefined ? at(resourceId) : [at(resourceId), at(clusterResourceId)],
  };
}

/** Both the cache and the user have to be named. Source: "Authenticating with IAM", ElastiCache user guide. */
function cacheStatement(arn: pulumi.Input<string>, userArn: pulumi.Input<string>): Statement {
  return { sid: "Cache", actions: "elasticache:Connect", resources: [arn, userArn] };
}
