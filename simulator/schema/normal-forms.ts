/**
 * Properties that a service returns in its own form. A provider compares that form with the program's: another one is a difference
 * on every preview. Sources: terraform-provider-aws (issues 23543 for domain lists; kafka/topic.go, which reads the values of the
 * server); ElastiCache user guide, "Specifying permissions using an access string"; ElastiCache and RDS API references, which store
 * identifiers as lower case; Cloud DNS API reference, which stores names as lower case; Amazon EC2 API reference
 * (AuthorizeSecurityGroupIngress), which canonicalizes CIDR blocks; "ProtoJSON Format" of protobuf.dev for Google's durations and
 * times; google_org_policy_policy, whose `enforce` is a boolean of the API. IAM policies are compared by what they say instead:
 * policy-equality.ts.
 */
import { isIPv6 } from "node:net";
import { isObject } from "./value.ts";

type Bag = Readonly<Record<string, unknown>>;
type Form = (value: unknown) => unknown;

/** Domain names end in a dot, also the wildcard alone. */
const dotted: Form = (value) =>
  Array.isArray(value)
    ? value.map((name) => text(name, (domain) => domain.replace(/\.?$/, ".")))
    : value;

/** Commands start from none. */
const accessString: Form = (value) =>
  text(value, (rules) => {
    const words = rules.split(/\s+/).filter((word) => word !== "");
    const first = words.findIndex((word) => /^[+-]/.test(word));
    const at = first < 0 ? words.length : first;
    return words[at] === "-@all" || words[at] === "+@all"
      ? words.join(" ")
      : [...words.slice(0, at), "-@all", ...words.slice(at)].join(" ");
  });

/** Values of settings are strings. */
const stringValues: Form = (value) =>
  text(value, (json) => {
    const settings: unknown = JSON.parse(json);
    return isObject(settings)
      ? JSON.stringify(
          Object.fromEntries(Object.entries(settings).map(([name, one]) => [name, String(one)])),
        )
      : json;
  });

/** The shortest form of an IPv6 block, in lower case (RFC 5952). */
const ipv6Block: Form = (value) =>
  text(value, (block) => {
    const [address = "", prefix = ""] = block.split("/");
    return isIPv6(address)
      ? `${new URL(`http://[${address}]`).hostname.slice(1, -1)}/${prefix}`
      : block;
  });

/** Seconds with no fraction, or with three, six or nine digits. */
const duration: Form = (value) =>
  text(value, (given) => {
    const [, whole, fraction = ""] = /^(\d+)(?:\.(\d+))?s$/.exec(given) ?? [];
    if (whole === undefined) return given;
    const digits = fraction.replace(/0+$/, "");
    const padded = digits.padEnd(Math.ceil(digits.length / 3) * 3, "0");
    return padded === "" ? `${whole}s` : `${whole}.${padded}s`;
  });

/** In UTC, without a fraction of zero. */
const time: Form = (value) =>
  text(value, (given) => {
    const at = new Date(given);
    return Number.isNaN(at.getTime()) ? given : at.toISOString().replace(".000Z", "Z");
  });

const upperCase: Form = (value) => text(value, (word) => word.toUpperCase());

const lowerCase: Form = (value) => text(value, (name) => name.toLowerCase());

function text(value: unknown, form: (text: string) => string): unknown {
  return typeof value === "string" ? form(value) : value;
}

/** By type and path, with `*` for each item of a list. */
const forms: Readonly<Record<string, Readonly<Record<string, Form>>>> = {
  "aws:elasticache/parameterGroup:ParameterGroup": { name: lowerCase },
  "aws:elasticache/replicationGroup:ReplicationGroup": { replicationGroupId: lowerCase },
  "aws:elasticache/subnetGroup:SubnetGroup": { name: lowerCase },
  "aws:elasticache/user:User": { accessString, userId: lowerCase },
  "aws:elasticache/userGroup:UserGroup": { userGroupId: lowerCase },
  "aws:msk/topic:Topic": { configs: stringValues },
  "aws:rds/cluster:Cluster": {
    clusterIdentifier: lowerCase,
    preferredBackupWindow: lowerCase,
    preferredMaintenanceWindow: lowerCase,
  },
  "aws:rds/clusterInstance:ClusterInstance": { identifier: lowerCase },
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": { name: lowerCase },
  "aws:rds/globalCluster:GlobalCluster": { globalClusterIdentifier: lowerCase },
  "aws:rds/parameterGroup:ParameterGroup": { name: lowerCase },
  "aws:rds/subnetGroup:SubnetGroup": { name: lowerCase },
  "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": { domains: dotted },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": { cidrIpv6: ipv6Block },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": { cidrIpv6: ipv6Block },
  "gcp:dns/managedZone:ManagedZone": { dnsName: lowerCase },
  "gcp:dns/recordSet:RecordSet": { name: lowerCase },
  "gcp:kms/cryptoKey:CryptoKey": {
    destroyScheduledDuration: duration,
    rotationPeriod: duration,
  },
  "gcp:orgpolicy/policy:Policy": { "spec.rules.*.enforce": upperCase },
  "gcp:pubsub/subscription:Subscription": { messageRetentionDuration: duration },
  "gcp:pubsub/topic:Topic": { messageRetentionDuration: duration },
  "gcp:secretmanager/secret:Secret": {
    "rotation.nextRotationTime": time,
    "rotation.rotationPeriod": duration,
    versionDestroyTtl: duration,
  },
};

/** The types with properties that a service changes. */
export const typesWithForms: readonly string[] = Object.keys(forms);

/** The properties as the service returns them. */
export function normalForm<B extends Bag>(type: string, properties: B): B {
  return Object.entries(forms[type] ?? {}).reduce<B>(
    (bag, [path, form]) => changedAt(bag, path.split("."), form) as B,
    properties,
  );
}

/** The value with another one at a path, or the same value if there is nothing. */
function changedAt(value: unknown, path: readonly string[], form: Form): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return form(value);
  if (first === "*")
    return Array.isArray(value) ? value.map((item) => changedAt(item, rest, form)) : value;
  if (!isObject(value) || value[first] === undefined) return value;
  return { ...value, [first]: changedAt(value[first], rest, form) };
}
