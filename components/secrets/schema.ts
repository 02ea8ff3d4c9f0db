/** Settings and facts of secrets. All defaults are here. */
import { z } from "zod";
import { accountText, projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { ownNamespace } from "../core/namespaces.ts";

/** The key of a secret, which is part of its name. */
export function secretKey() {
  return z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, {
    error: "must be a key of 1 to 40 lower case letters, digits and hyphens",
  });
}

function kubernetesName() {
  return z.string().regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: "must be 1 to 63 lower case letters, digits and hyphens, starting with a letter",
  });
}

/** The purpose of the secret, for the people who rotate it. */
const description = z.string().min(3).max(200);

const inCluster = {
  /** `present` if External Secrets is already installed. @default "install" */
  operator: z.enum(["install", "present"]).default("install"),
  /** Namespace of the operator. @default "external-secrets" */
  namespace: ownNamespace().default("external-secrets"),
  /** Name of the ClusterSecretStore. @default "cell" */
  store: kubernetesName().default("cell"),
  /**
   * Namespaces that can read secrets through the store. If empty, namespaces with the label `atoll.dev/secrets: <store>` can.
   * @default []
   */
  namespaces: z.array(kubernetesName()).default([]),
};

const externalSecrets = z.strictObject(inCluster);

const awsSecret = z.strictObject({
  description,
  /** Rotation with an existing function. @default manual */
  rotation: z
    .strictObject({
      /** A Lambda function of the account that `secretsmanager.amazonaws.com` is allowed to invoke. */
      functionArn: z.string().regex(/^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+$/, {
        error:
          'must be the ARN of a function, such as "arn:aws:lambda:us-east-1:111122223333:function:rotate"',
      }),
      /** @default 90 */
      everyDays: z.int().min(1).max(1000).default(90),
    })
    .optional(),
});

export const awsSecretsFields = {
  /** Secrets without values, by key. People or rotation set the values, never a manifest. */
  secrets: z.record(secretKey(), awsSecret).default({}),
  externalSecrets: externalSecrets.prefault({}),
};

const gcpSecret = z.strictObject({
  description,
  /** Publishes a rotation notification to a topic. @default manual */
  rotation: z
    .strictObject({
      /** A topic that the project's Secret Manager agent is allowed to publish to. */
      topic: z
        .string()
        .regex(/^projects\/[a-z][a-z0-9-]{4,28}[a-z0-9]\/topics\/[A-Za-z][\w.~+%-]{2,254}$/, {
          error: 'must be a topic such as "projects/acme-prod/topics/rotate"',
        }),
      /** @default 90 */
      everyDays: z.int().min(1).max(3650).default(90),
      /** The time of the first rotation. */
      firstAt: z.iso.datetime({ error: 'must be a time such as "2027-01-31T09:00:00Z"' }),
    })
    .optional(),
  /** Days that a destroyed version can be restored. @default 7 */
  versionRecoveryDays: z.int().min(1).max(1000).default(7),
});

export const gcpSecretsFields = {
  /** Secrets without values, by key. People or rotation set the values, never a manifest. */
  secrets: z.record(secretKey(), gcpSecret).default({}),
  externalSecrets: externalSecrets.prefault({}),
};

export const onpremSecretsFields = {
  /** Not supported on-premises. */
  secrets: z
    .undefined({ error: "must be omitted on-premises: create secrets in the vault itself" })
    .optional(),
  /** The HashiCorp Vault or OpenBao that the store reads from. */
  vault: z.strictObject({
    server: z.url({
      protocol: /^https$/,
      error: 'must be a URL such as "https://vault.example:8200", with TLS',
    }),
    /** Mount of the key-value engine, version 2. @default "secret" */
    path: z.string().min(1).default("secret"),
    /** The operator's role of Kubernetes authentication. */
    role: z.string().min(1),
    /** Mount of Kubernetes authentication. @default "kubernetes" */
    mountPath: z.string().min(1).default("kubernetes"),
    /** ConfigMap in the operator's namespace with the CA certificate of the server as `ca.crt`. @default a public CA */
    authorityConfigMap: kubernetesName().optional(),
  }),
  externalSecrets: externalSecrets.prefault({}),
};

/** `secrets` in the manifest of a cell, by its cloud. */
export const awsSecretsSettings = z.strictObject(awsSecretsFields);
export const gcpSecretsSettings = z.strictObject(gcpSecretsFields);
export const onpremSecretsSettings = z.strictObject(onpremSecretsFields);

/** The settings with the facts of the cell. */
export const awsSecretsSpec = z
  .strictObject({
    cloud: z.literal("aws"),
    account: accountText,
    region: regionText("aws"),
    ...awsSecretsFields,
  })
  .superRefine(({ account, region, secrets }, context) => {
    for (const [key, { rotation }] of Object.entries(secrets)) {
      if (!rotation || rotation.functionArn.includes(`:${region}:${account}:`)) continue;
      context.addIssue({
        code: "custom",
        path: ["secrets", key, "rotation", "functionArn"],
        input: rotation.functionArn,
        message: `must be a function of ${account} in ${region}, where the secret is`,
      });
    }
  });

export const gcpSecretsSpec = z.strictObject({
  cloud: z.literal("gcp"),
  project: projectText,
  /** Google Cloud uses it in the names of workload identities. */
  projectNumber: projectNumberText,
  region: regionText("gcp"),
  ...gcpSecretsFields,
});

export const onpremSecretsSpec = z.strictObject({
  cloud: z.literal("onprem"),
  ...onpremSecretsFields,
});

export const secretsSpec = z.discriminatedUnion("cloud", [
  awsSecretsSpec,
  gcpSecretsSpec,
  onpremSecretsSpec,
]);

export type ExternalSecretsSettings = z.output<typeof externalSecrets>;
export type AwsSecretsInput = z.input<typeof awsSecretsSpec>;
export type AwsSecretsSpec = z.output<typeof awsSecretsSpec>;
export type GcpSecretsInput = z.input<typeof gcpSecretsSpec>;
export type GcpSecretsSpec = z.output<typeof gcpSecretsSpec>;
export type OnpremSecretsInput = z.input<typeof onpremSecretsSpec>;
export type OnpremSecretsSpec = z.output<typeof onpremSecretsSpec>;
