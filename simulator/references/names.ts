/** The type that a property refers to if its value is a name. */
import { resourceSchema } from "../schema/index.ts";
import { nounOf, packageOf } from "../urn.ts";

/** Properties with the same meaning in all types. */
const everywhere: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws: {
    autoscalingGroupName: "aws:autoscaling/group:Group",
    dbClusterParameterGroupName: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    dbParameterGroupName: "aws:rds/parameterGroup:ParameterGroup",
    dbProxyName: "aws:rds/proxy:Proxy",
    dbSubnetGroupName: "aws:rds/subnetGroup:SubnetGroup",
    keyName: "aws:ec2/keyPair:KeyPair",
    kmsKey: "aws:kms/key:Key",
    kmsKeyId: "aws:kms/key:Key",
    kmsMasterKeyId: "aws:kms/key:Key",
    logGroupName: "aws:cloudwatch/logGroup:LogGroup",
    queueUrl: "aws:sqs/queue:Queue",
    s3BucketName: "aws:s3/bucket:Bucket",
    targetBucket: "aws:s3/bucket:Bucket",
    targetKeyId: "aws:kms/key:Key",
  },
  gcp: {
    network: "gcp:compute/network:Network",
    subnetwork: "gcp:compute/subnetwork:Subnetwork",
  },
};

/** Properties with this meaning in one type only. */
const inType: Readonly<Record<string, string>> = {
  "aws:cloudwatch/eventTarget:EventTarget.rule": "aws:cloudwatch/eventRule:EventRule",
  "aws:iam/instanceProfile:InstanceProfile.role": "aws:iam/role:Role",
  "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation.firewallPolicy":
    "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy",
  "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule.firewallPolicy":
    "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy",
  "gcp:sql/database:Database.instance": "gcp:sql/databaseInstance:DatabaseInstance",
  "gcp:sql/provisionScript:ProvisionScript.instance": "gcp:sql/databaseInstance:DatabaseInstance",
  "gcp:sql/user:User.instance": "gcp:sql/databaseInstance:DatabaseInstance",
};

/** Names that look like a reference but are not: `accountId` is a number, not the type `securityhub/account`. */
const never = new Set([
  "account",
  "accountId",
  "organization",
  "policy",
  "service",
  "version",
  "folder",
]);

const known = new Map<string, string | undefined>();

/**
 * The type that a property of another type refers to: from the tables above, or a type of the same module whose noun is in the
 * property's name (`clusterName` of `eks/nodeGroup` refers to `eks/cluster`).
 */
export function namedType(type: string, leaf: string): string | undefined {
  const key = `${type}.${leaf}`;
  if (!known.has(key)) known.set(key, find(type, leaf));
  return known.get(key);
}

function find(type: string, leaf: string): string | undefined {
  const special = inType[`${type}.${leaf}`] ?? everywhere[packageOf(type)]?.[leaf];
  if (special !== undefined) return special === type ? undefined : special;
  const noun = leaf.replace(/s$/, "").replace(/(Name|Id|Identifier|Arn|Url)$/, "");
  if (noun === nounOf(type) || never.has(noun) || never.has(leaf)) return undefined;
  const [pack, module = ""] = type.split(":");
  const target = `${pack}:${module.split("/")[0]}/${noun}:${noun.charAt(0).toUpperCase()}${noun.slice(1)}`;
  return resourceSchema(target) === undefined ? undefined : target;
}
