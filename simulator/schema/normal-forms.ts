/**
 * Properties that a service returns in its own form. A provider compares that form with the program's: another one is a difference
 * on every preview. Sources: terraform-provider-aws (issues 23543 for domain lists; kafka/topic.go, which reads the values of the
 * server); ElastiCache user guide, "Specifying permissions using an access string"; ElastiCache and RDS API references, which store
 * identifiers as lower case; Cloud DNS API reference, which stores names as lower case.
 */
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

const lowerCase: Form = (value) => text(value, (name) => name.toLowerCase());

function text(value: unknown, form: (text: string) => string): unknown {
  return typeof value === "string" ? form(value) : value;
}

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
  "gcp:dns/managedZone:ManagedZone": { dnsName: lowerCase },
  "gcp:dns/recordSet:RecordSet": { name: lowerCase },
};

/** The types with properties that a service changes. */
export const typesWithForms: readonly string[] = Object.keys(forms);

/** The properties as the service returns them. */
export function normalForm<B extends Bag>(type: string, properties: B): B {
  const changed = Object.entries(forms[type] ?? {})
    .filter(([name]) => properties[name] !== undefined)
    .map(([name, form]) => [name, form(properties[name])]);
  return changed.length === 0 ? properties : { ...properties, ...Object.fromEntries(changed) };
}
