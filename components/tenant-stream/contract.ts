import type * as pulumi from "@pulumi/pulumi";

/** The common interface of a tenant's stream on every cloud. */
export interface TenantStream {
  /** Bootstrap servers with TLS: `host:port`, comma-separated. */
  readonly bootstrapServers: pulumi.Output<string>;
  /** The physical name of each topic by its name in the manifest, known when it exists. */
  readonly topicNames: Readonly<Record<string, pulumi.Output<string>>>;
  /** The consumer group of each client, and the prefix of its other groups and transactional ids. */
  readonly groups: Readonly<Record<string, string>>;
  /** On AWS, the cluster for IAM statements. */
  readonly clusterArn?: pulumi.Output<string>;
  /** On-premises, the secret of each client in the tenant's namespaces. */
  readonly clientSecrets?: Readonly<Record<string, pulumi.Output<string>>>;
}
