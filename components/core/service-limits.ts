/**
 * Limits of services for what grows with a manifest, each the value of a new account or project. Components keep to them, manifests
 * are checked against them, and the embedded cloud refuses what exceeds them.
 */

/** Maximum sizes of policy documents. Whitespace does not count where `spaces` is false. */
export const documentLimits = {
  /** All inline policies of a role together. */
  inlinePolicies: { characters: 10_240, spaces: false, source: "IAM and AWS STS quotas" },
  managedPolicy: { characters: 6_144, spaces: false, source: "IAM and AWS STS quotas" },
  trustPolicy: { characters: 2_048, spaces: false, source: "IAM and AWS STS quotas" },
  keyPolicy: {
    characters: 32_768,
    spaces: true,
    source: "AWS KMS quotas, Key policy document size",
  },
  bucketPolicy: { characters: 20_480, spaces: true, source: "Amazon S3, Bucket policies" },
  queuePolicy: { characters: 8_192, spaces: true, source: "Amazon SQS policy quotas" },
  topicPolicy: { characters: 30_720, spaces: true, source: "Amazon SNS endpoints and quotas" },
  secretPolicy: { characters: 20_480, spaces: true, source: "AWS Secrets Manager quotas" },
  endpointPolicy: { characters: 20_480, spaces: true, source: "Amazon VPC quotas" },
  logResourcePolicy: {
    characters: 5_120,
    spaces: true,
    source: "CloudWatch Logs, PutResourcePolicy",
  },
  eventBusPolicy: { characters: 10_240, spaces: true, source: "Amazon EventBridge quotas" },
  clusterPolicy: { characters: 20_480, spaces: true, source: "Amazon MSK API, PutClusterPolicy" },
} as const;

export type DocumentKind = keyof typeof documentLimits;

/** Maximum numbers of entries. */
export const countLimits = {
  /** Source: IAM and AWS STS quotas. */
  managedPoliciesPerRole: 10,
  /** Rules of one direction. Source: Amazon VPC quotas. */
  rulesPerSecurityGroup: 60,
  securityGroupsPerInterface: 5,
  /** Rules of one direction. Source: Amazon VPC quotas. */
  rulesPerNetworkAcl: 20,
  /** Source: Amazon SQS policy quotas. */
  statementsPerQueuePolicy: 20,
  /** Source: PutResourcePolicy, CloudWatch Logs API reference. */
  logResourcePolicies: 10,
  /** Source: Route 53 quotas, "Quotas on Route 53 Resolver DNS Firewall". */
  rulesPerDnsRuleGroup: 100,
  /** A list, which the provider sends in one request. Source: UpdateFirewallDomains, Route 53 API reference. */
  domainsPerDnsRequest: 1_000,
  /** Targets of a forwarding rule, and addresses of a resolver endpoint. Source: the same. */
  addressesPerResolver: 6,
  /** Blocks that reach a public endpoint. Source: "Cluster API server endpoint", Amazon EKS user guide. */
  publicAccessBlocks: 40,
  /** Source: CreateReplicator, Amazon MSK API reference. */
  replicatorTopics: 100,
  replicatorGroupPatterns: 100,
  /** Source: Quotas for AWS Budgets. */
  notificationsPerBudget: 5,
  emailsPerNotification: 10,
  /** Source: Cloud NGFW, "Quotas and limits". */
  rangesPerFirewallRule: 5_000,
  namesPerFirewallRule: 100,
  firewallRulesPerProject: 200,
  /** Source: "Add authorized networks for control plane access", GKE. */
  authorizedNetworks: 100,
  /** Source: `aclEntries`, Managed Kafka API. */
  entriesPerKafkaAcl: 100,
  /** Source: IAM, "Quotas and limits". */
  permissionsPerCustomRole: 3_000,
  /** Source: the same. */
  customRolesPerProject: 300,
  /** Every appearance of a member in a role binding counts. Source: the same. */
  membersPerAllowPolicy: 1_500,
  /** Groups and domains among them. Source: the same. */
  groupsPerAllowPolicy: 250,
  /** Bindings of one role for one member. Source: the same. */
  conditionsPerRoleAndMember: 20,
} as const;

/**
 * Bytes of Kubernetes objects: all annotations, the values of a ConfigMap or a Secret, and what etcd stores. Sources: Kubernetes
 * documentation, "Annotations", "ConfigMaps" and "Secrets"; etcd documentation, "System limits".
 */
export const kubernetesLimits = {
  annotations: 256 * 1024,
  data: 1024 * 1024,
  object: 1.5 * 1024 * 1024,
} as const;

/** Requirements of a NodeClaim of Karpenter. Its pool's labels are among them. Source: its definition; aws/karpenter-provider-aws#6387. */
export const nodeClaimRequirements = 100;

/** The size of a document as the limit counts it. */
export function sizeOf(document: string, kind: DocumentKind): number {
  return documentLimits[kind].spaces ? document.length : document.replaceAll(/\s/g, "").length;
}

/** Default quotas of AWS that tenants of a cell use up. All are adjustable. */
export const accountQuotas = {
  /** Of an account. */
  iamRoles: { most: 1_000, source: "IAM and AWS STS quotas, Roles in an account" },
  buckets: { most: 10_000, source: "Amazon S3 quotas, General purpose buckets of an account" },
  /** Of an account and region. */
  keys: { most: 100_000, source: "AWS KMS quotas, KMS keys" },
  /** The lowest of all regions; some have 20,000 or 100,000. */
  kmsRequests: {
    most: 10_000,
    source: "AWS KMS request quotas, Cryptographic operations (symmetric)",
  },
  regionCacheUsers: { most: 1_000, source: "Amazon ElastiCache quotas, Users" },
  storageGib: { most: 51_200, source: "Amazon EBS quotas, Storage for gp3 volumes: 50 TiB" },
  /** Of a user group. */
  cacheUsers: { most: 100, source: "Amazon ElastiCache quotas, Users per user group" },
  /** Of a cluster. */
  podIdentityAssociations: {
    most: 5_000,
    source: "Amazon EKS quotas, Pod Identity associations per cluster",
  },
} as const;
