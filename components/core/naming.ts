import { createHash } from "node:crypto";
import { BlueprintError, type Problem } from "./errors.ts";

/** The naming rule of one kind of resource. */
interface Rule {
  /** Maximum length, including `prefix` and `suffix`. */
  readonly max: number;
  /** Minimum length; shorter names get a hash. @default 1 */
  readonly min?: number;
  /** The characters of one part. */
  readonly part: Alphabet;
  /** Put before the parts, for example `alias/`. */
  readonly prefix?: string;
  /** Put after the parts, and kept when a name is shortened, for example `.fifo`. */
  readonly suffix?: string;
  /** Separator of the parts. @default "-" */
  readonly separator?: string;
  /** Whether the name has to start with a letter. @default true */
  readonly letterFirst?: boolean;
  /** Names that the cloud reserves, and what a name must not do therefore. */
  readonly reserved?: { readonly names: RegExp; readonly rule: string };
}

type Alphabet = keyof typeof alphabets;

const alphabets = {
  "lower case letters, digits and hyphens": /^[a-z0-9]+(-+[a-z0-9]+)*$/,
  "lower case letters, digits and single hyphens": /^[a-z0-9]+(-[a-z0-9]+)*$/,
  "lower case letters and digits": /^[a-z0-9]+$/,
  "letters, digits and hyphens": /^[a-zA-Z0-9]+(-+[a-zA-Z0-9]+)*$/,
  "letters, digits, hyphens and underscores": /^[a-zA-Z0-9]+([_-]+[a-zA-Z0-9]+)*$/,
  "lower case letters, digits, hyphens and dots": /^[a-z0-9]+([.-][a-z0-9]+)*$/,
} as const;

const rfc1035 = "lower case letters, digits and hyphens";
const singleHyphens = "lower case letters, digits and single hyphens";
const word = "letters, digits, hyphens and underscores";

/**
 * The limits, each from the API reference of the resource: AWS's `pattern` and `length` constraints of the create call,
 * Google Cloud's resource reference, Kubernetes' object names (RFC 1123).
 */
const rules = {
  // CreateCluster: ^[0-9A-Za-z][A-Za-z0-9\-_]*, 1 to 100.
  "eks-cluster": { max: 100, part: word },
  // CreateNodegroup: 63, it becomes part of the Auto Scaling group's name.
  "eks-node-group": { max: 63, part: word },
  // CreateRole: [\w+=,.@-]+, 64.
  "iam-role": { max: 64, part: word },
  // CreatePolicy and CreateInstanceProfile: [\w+=,.@-]+, 128.
  "iam-policy": { max: 128, part: word },
  "iam-instance-profile": { max: 128, part: word },
  // CreateQueue: alphanumeric, hyphen, underscore, 80.
  "sqs-queue": { max: 80, part: word },
  // The same for FIFO queues, whose suffix counts towards the 80.
  "sqs-fifo-queue": { max: 80, part: word, suffix: ".fifo" },
  // CreateTopic (SNS): the same alphabet, 256.
  "sns-topic": { max: 256, part: word },
  // CreateLaunchTemplate: [a-zA-Z0-9().\-/_]+, 3 to 128.
  "launch-template": { max: 128, min: 3, part: word },
  // CreateSecurityGroup: 255, cannot start with sg-.
  "security-group": {
    max: 255,
    part: word,
    reserved: { names: /^sg-/, rule: 'must not begin with "sg-", which EC2 reserves for ids' },
  },
  // The value of a tag: 256. What the console shows as the name of a VPC, a subnet, a gateway.
  "aws-name-tag": { max: 256, part: word },
  // CreateCustomerGateway, DeviceName: 255.
  "vpn-device": { max: 255, part: word },
  // CreateFunction (Lambda): [a-zA-Z0-9-_]+, 64.
  "lambda-function": { max: 64, part: word },
  // PutRule: [.\-_A-Za-z0-9]+, 64.
  "event-rule": { max: 64, part: word },
  // CreateLogGroup: [.\-_/#A-Za-z0-9]+, 512.
  "log-group": { max: 512, part: word, prefix: "/", separator: "/" },
  // CreateAlias: alias/[a-zA-Z0-9/_-]+, 256; alias/aws/ is for keys of AWS.
  "kms-alias": {
    max: 256,
    part: word,
    prefix: "alias/",
    separator: "/",
    reserved: {
      names: /^alias\/aws\//,
      rule: 'must not be "aws": KMS reserves alias/aws/ for keys of AWS services',
    },
  },
  // CreateSecret: [A-Za-z0-9/_+=.@-]+, 512.
  "secrets-manager-secret": { max: 512, part: word, separator: "/" },
  // CreateTrail: letters, digits and ._-, 3 to 128.
  "cloudtrail-trail": { max: 128, min: 3, part: word },
  // CreateAnalyzer (Access Analyzer): [A-Za-z][A-Za-z0-9_.-]*, 255.
  "access-analyzer": { max: 255, part: word },
  // PutConfigurationRecorder and PutDeliveryChannel (Config): 256.
  "config-recorder": { max: 256, part: word },
  // CreateBudget: no colon and no backslash, 100.
  "aws-budget": { max: 100, part: word },
  // CreateAnomalyMonitor and CreateAnomalySubscription (Cost Explorer): 1024.
  "cost-anomaly": { max: 1024, part: word },
  // CreateFirewallRuleGroup and CreateFirewallDomainList: (?!^[0-9]+$)([a-zA-Z0-9\-_' ']+), 64.
  "resolver-firewall": { max: 64, part: word },
  // CreateResolverEndpoint, CreateResolverRule, CreateResolverQueryLogConfig and CreateProfile: the same pattern, 64.
  "route53-resolver": { max: 64, part: word },
  // CreateBucket: 3 to 63, global, a DNS name; dots would break TLS. Source of what is reserved: "Bucket naming rules".
  "s3-bucket": {
    max: 63,
    min: 3,
    part: rfc1035,
    letterFirst: false,
    reserved: {
      names: /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/,
      rule: 'must not begin with "xn--", "sthree-" or "amzn-s3-demo-", or end with "-s3alias", "--ol-s3", "--x-s3" or "--table-s3", which S3 reserves in names of buckets',
    },
  },
  // CreateDBCluster: letters, digits and hyphens, no two in a row, 63.
  "rds-cluster": { max: 63, part: singleHyphens },
  // CreateDBParameterGroup, CreateDBClusterParameterGroup and CreateDBSubnetGroup: 255.
  "rds-group": { max: 255, part: singleHyphens },
  // CreateDBProxy: letters, digits and hyphens, no two in a row, 60.
  "rds-proxy": { max: 60, part: singleHyphens },
  // CreateReplicationGroup, CreateUser and CreateUserGroup (ElastiCache): no two hyphens in a row, 40.
  "elasticache-group": { max: 40, part: singleHyphens },
  // CreateClusterV2 (MSK): 64.
  "msk-cluster": { max: 64, part: "letters, digits and hyphens" },
  // CreateConfiguration (MSK): [0-9A-Za-z][0-9A-Za-z-]*; no length is stated, the one of clusters holds for both.
  "msk-configuration": { max: 64, part: "letters, digits and hyphens" },
  // CreateReplicator (MSK): [0-9A-Za-z][0-9A-Za-z-]*, 128.
  "msk-replicator": { max: 128, part: "letters, digits and hyphens" },
  // PutMetricAlarm: 255.
  "metric-alarm": { max: 255, part: word },
  // CreateConnector, CreateCustomPlugin and CreateWorkerConfiguration: 128.
  "msk-connect": { max: 128, part: word },
  // CreateRegistry (Glue): [a-zA-Z0-9-_$#.]+, 255.
  "glue-registry": { max: 255, part: word },

  // Compute Engine resources: RFC 1035, [a-z]([-a-z0-9]*[a-z0-9])?, 63.
  "gcp-compute": { max: 63, part: rfc1035 },
  // A forwarding rule of Private Service Connect for Google APIs: 1 to 20 lower case letters and digits; part of a DNS name.
  "gcp-psc-endpoint": { max: 20, part: "lower case letters and digits", separator: "" },
  // Clusters and node pools: 40, they become part of instance names.
  "gke-cluster": { max: 40, part: rfc1035 },
  "gke-node-pool": { max: 40, part: rfc1035 },
  // serviceAccounts.create accountId: [a-z]([-a-z0-9]*[a-z0-9]), 6 to 30.
  "gcp-service-account": { max: 30, min: 6, part: rfc1035 },
  // workloadIdentityPools.create and its providers: [a-z0-9-], 4 to 32; no "gcp-" in front.
  "workload-identity-pool": {
    max: 32,
    min: 4,
    part: rfc1035,
    reserved: {
      names: /^gcp-/,
      rule: 'must not be "gcp" or begin with "gcp-", which Google reserves in ids of workload identity pools',
    },
  },
  // keyRings.create and cryptoKeys.create: [a-zA-Z0-9_-]{1,63}; neither can ever be deleted.
  "kms-key-ring": { max: 63, part: word },
  "kms-crypto-key": { max: 63, part: word },
  // secrets.create: [a-zA-Z0-9_-]{1,255}.
  "secret-manager-secret": { max: 255, part: word },
  // sinks.create (Logging): letters, digits and _-., 100.
  "log-sink": { max: 100, part: word },
  // budgets.create (Billing): a display name of 60 characters.
  "gcp-budget": { max: 60, part: word },
  // accessLevels.create (Access Context Manager): a letter, then letters, digits and underscores for hyphens, 50.
  "access-level": { max: 50, part: word },
  // roles.create (IAM): [a-zA-Z0-9_.]{3,64}, underscores for hyphens.
  "gcp-custom-role": { max: 64, min: 3, part: word },
  // topics.create and subscriptions.create (Pub/Sub): a letter, then letters, digits and -._~+%, 3 to 255; no "goog" in front.
  pubsub: {
    max: 255,
    min: 3,
    part: word,
    reserved: {
      names: /^goog/,
      rule: 'must not begin with "goog", which Google reserves in names of topics and subscriptions',
    },
  },
  // managedZones.create: RFC 1035, 63.
  "dns-zone": { max: 63, part: rfc1035 },
  // Buckets without dots: 3 to 63, global; no "goog" in front, no "google" or what looks like it.
  "gcs-bucket": {
    max: 63,
    min: 3,
    part: rfc1035,
    letterFirst: false,
    reserved: {
      names: /^goog|g[o0]{2}gl[e3]/,
      rule: 'must not begin with "goog" or contain "google" or a close misspelling such as "g00gle", which Google reserves in names of buckets',
    },
  },
  // managedkafka clusters and Connect clusters: RFC 1035, 63.
  "managed-kafka": { max: 63, part: rfc1035 },
  // instances.insert (Cloud SQL): 98 with the project in front; its endpoint has the same name, of RFC 1035 and 63.
  "cloud-sql-instance": { max: 63, part: rfc1035 },
  // instances.create (Memorystore for Valkey): 4 to 63.
  "memorystore-instance": { max: 63, min: 4, part: rfc1035 },
  // memberships.create: RFC 1123, 63.
  "fleet-membership": { max: 63, part: rfc1035 },

  // A label of RFC 1123: namespaces, services; label values as well.
  "k8s-label": { max: 63, part: rfc1035 },
  // A subdomain of RFC 1123: nearly every other object.
  "k8s-name": {
    max: 253,
    part: "lower case letters, digits, hyphens and dots",
    letterFirst: false,
  },
  // Strimzi names services, pods and secrets after a Kafka and its pools, the longest with 29 characters more: 63 for all.
  "strimzi-cluster": { max: 34, part: rfc1035 },
  // CloudNativePG refuses names of clusters above 50: it names services, pods and secrets after them.
  "cnpg-cluster": { max: 50, part: rfc1035 },
  // Helm keeps its releases in secrets and labels: 53.
  "helm-release": { max: 53, part: rfc1035 },
} as const satisfies Record<string, Rule>;

/** The kinds of resources with a naming rule. */
export type NameKind = keyof typeof rules;

export const nameKinds = Object.keys(rules) as NameKind[];

const hashLength = 8;

/**
 * The physical name of a resource: its parts joined, and shortened when they are too long for the kind. A shortened name ends
 * in a hash of the whole name, so that it is stable and unique.
 *
 * @example physicalName("iam-role", ["prod", "aws-use1", "flow-logs"]) // "prod-aws-use1-flow-logs"
 *
 * @throws BlueprintError `name-invalid` when a part has a character that the kind does not allow.
 */
export function physicalName(kind: NameKind, parts: readonly string[]): string {
  const problems = nameProblems(kind, parts);
  if (problems.length > 0) {
    throw new BlueprintError("name-invalid", `a name for ${kind} is not valid:`, problems);
  }
  const rule: Rule = rules[kind];
  const { separator = "-", prefix = "", suffix = "", min = 1, max } = rule;
  const whole = `${prefix}${parts.join(separator)}`;
  const length = whole.length + suffix.length;
  if (length <= max && length >= min) return `${whole}${suffix}`;
  const hash = createHash("sha256").update(whole).digest("hex").slice(0, hashLength);
  const join = separator === "" ? "" : "-";
  const kept = max - hashLength - join.length - suffix.length;
  return `${whole.slice(0, kept).replace(/[-_./]+$/, "")}${join}${hash}${suffix}`;
}

/** The maximum length of a name of this kind. */
export function longestNameOf(kind: NameKind): number {
  return rules[kind].max;
}

/** The problems of the parts of a name, for schemas. */
export function nameProblems(kind: NameKind, parts: readonly string[]): Problem[] {
  const rule: Rule = rules[kind];
  const alphabet = alphabets[rule.part];
  const problems = parts
    .filter((part) => !alphabet.test(part))
    .map((part) => ({
      path: `part ${parts.indexOf(part) + 1}`,
      message: `must consist of ${rule.part}, and start and end with a letter or digit`,
      got: part,
    }));
  const whole = `${rule.prefix ?? ""}${parts.join(rule.separator ?? "-")}`;
  if (parts.length === 0) problems.push({ path: "name", message: "must not be empty", got: "" });
  else if ((rule.letterFirst ?? true) && /^[^a-zA-Z]/.test(parts[0] ?? "")) {
    problems.push({ path: "part 1", message: "must start with a letter", got: parts[0] ?? "" });
  }
  if (rule.reserved?.names.test(whole)) {
    problems.push({ path: "name", message: rule.reserved.rule, got: whole });
  }
  return problems;
}

/** What a name of this kind must not be, where clouds reserve names. */
export function reservedIn(kind: NameKind): Rule["reserved"] {
  const rule: Rule = rules[kind];
  return rule.reserved;
}
