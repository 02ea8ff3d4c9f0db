/** ACLs of Kafka: of Strimzi's users, and of Managed Service for Apache Kafka. MSK authorizes by IAM. */
import { addMeetings, type Claim } from "../claims.ts";
import { tenantsOfEmail } from "../google/members.ts";
import { type IsolationResource, type Plain, theCell } from "../model.ts";
import type { Paths } from "../paths.ts";
import { at, labels, list, record, text, texts } from "../plain.ts";
import type { Plane } from "../plane.ts";
import { type CellView, type KubernetesObject, registrant } from "../view.ts";

export const kafka: Plane = {
  id: "ISO10",
  title: "No client of a tenant reaches topics, groups or transactional ids of others",
  remedy:
    "grant names and prefixes that end in a delimiter, nothing on the cluster, and deny what no ACL allows",
  find,
};

const clusterLabel = "strimzi.io/cluster";

function find(view: CellView, paths: Paths): void {
  const claims = [...strimzi(view, paths), ...managed(view, paths), ...topics(view)];
  addMeetings(claims, paths);
}

/** Operations on a cluster that show and change nothing of others. */
const harmlessOnCluster = ["Describe", "IdempotentWrite", "DESCRIBE", "IDEMPOTENT_WRITE"];

function strimzi(view: CellView, paths: Paths): Claim[] {
  const users = view.objects("KafkaUser").filter(({ resource }) => resource.tenant !== undefined);
  const kafkas = new Map(view.objects("Kafka").map((one) => [one.name, one]));
  return users.flatMap((user) => {
    const tenant = user.resource.tenant ?? theCell;
    const cluster = clusterOf(user);
    const add = (can: string, because: string) =>
      paths.add({
        key: `${can} ${because.replaceAll(user.name, "")}`,
        from: tenant,
        to: view.everyoneBut(tenant),
        resource: user.resource,
        steps: () => [{ principal: `KafkaUser ${user.name} of tenant ${tenant}`, can, because }],
      });
    const spec = record(kafkas.get(cluster)?.inputs.spec);
    if (kafkas.has(cluster) && at(spec, "kafka", "authorization") === undefined)
      add("does everything on the cluster", `Kafka ${cluster} has no authorization`);
    if (texts(at(spec, "kafka", "authorization", "superUsers")).some(isUser(user.name)))
      add("does everything on the cluster", `Kafka ${cluster} names it as a super user`);
    return list(at(user.inputs, "spec", "authorization", "acls"))
      .map(record)
      .flatMap((acl) => {
        if (acl.type === "deny") return [];
        const { type, name, patternType } = record(acl.resource);
        const operations = [...texts(acl.operations), ...texts(acl.operation)];
        if (type === "cluster") {
          const wide = operations.filter((one) => !harmlessOnCluster.includes(one));
          if (wide.length > 0) add(`may ${wide.join(", ")} the cluster`, "an ACL on the cluster");
          return [];
        }
        return [
          claimOf(user.resource, tenant, {
            principal: `KafkaUser ${user.name}`,
            cluster,
            kind: text(type) ?? "topic",
            pattern: patternOf(text(name) ?? "", patternType === "prefix"),
            operations,
          }),
        ];
      });
  });
}

function isUser(name: string) {
  return (principal: string) => new RegExp(`^(User:)?(CN=)?${name}$`).test(principal);
}

function clusterOf({ labels: own }: KubernetesObject): string {
  return own[clusterLabel] ?? "";
}

/** `*` alone is every name; in a prefix every character is meant as it is. */
function patternOf(name: string, isPrefix: boolean): string {
  if (!isPrefix) return name;
  return name === "*" ? "*" : `${name}*`;
}

interface Acl {
  readonly principal: string;
  readonly cluster: string;
  /** `topic`, `group`, `transactionalId` */
  readonly kind: string;
  readonly pattern: string;
  readonly operations: readonly string[];
}

function claimOf(resource: IsolationResource, holder: string, acl: Acl): Claim {
  const { principal, cluster, kind, pattern, operations } = acl;
  return {
    scope: `${cluster} ${kind}`,
    pattern,
    holder,
    kind: "may",
    principal: holder === theCell ? principal : `${principal} of tenant ${holder}`,
    can: `may ${operations.join(", ")} ${kind}`,
    key: `${kind} ${operations.join(" ")} ${resource.name.replaceAll(holder, "")}`,
    resource,
  };
}

const kindsOfAcl: readonly { readonly form: RegExp; readonly kind: string }[] = [
  { form: /^(topic|topicPrefixed)\/|^allTopics$/, kind: "topic" },
  { form: /^(consumerGroup|consumerGroupPrefixed)\/|^allConsumerGroups$/, kind: "group" },
  {
    form: /^(transactionalId|transactionalIdPrefixed)\/|^allTransactionalIds$/,
    kind: "transactionalId",
  },
];

/** Source: Managed Service for Apache Kafka, `projects.locations.clusters.acls`: ids of ACLs, and what they are for. */
function managed(view: CellView, paths: Paths): Claim[] {
  const acls = view.ofType("gcp:managedkafka/acl:Acl");
  addOpenClusters(view, paths, acls);
  const whose = tenantsOfEmail(view);
  return acls.flatMap((resource) => {
    const { aclId, cluster, aclEntries } = resource.inputs;
    const id = text(aclId) ?? "";
    const found = kindsOfAcl.find(({ form }) => form.test(id));
    return list(aclEntries)
      .map(record)
      .flatMap((entry) => {
        if (entry.permissionType === "DENY") return [];
        const tenants = whose(text(entry.principal)?.replace(/^User:/, "") ?? "");
        const operations = texts(entry.operation);
        return tenants.flatMap((tenant): Claim[] => {
          if (found === undefined) {
            addOnCluster(view, paths, resource, tenant, operations);
            return [];
          }
          return [
            claimOf(resource, tenant, {
              principal: text(entry.principal) ?? "",
              cluster: text(cluster) ?? "",
              kind: found.kind,
              pattern: id.startsWith("all")
                ? "*"
                : patternOf(id.slice(id.indexOf("/") + 1), id.includes("Prefixed/")),
              operations,
            }),
          ];
        });
      });
  });
}

function addOnCluster(
  view: CellView,
  paths: Paths,
  resource: IsolationResource,
  tenant: string,
  operations: readonly string[],
): void {
  if (operations.every((one) => harmlessOnCluster.includes(one))) return;
  paths.add({
    key: `cluster ${operations.join(" ")}`,
    from: tenant,
    to: view.everyoneBut(tenant),
    resource,
    steps: () => [
      {
        principal: `clients of tenant ${tenant}`,
        can: `may ${operations.join(", ")} the cluster`,
        because: `ACL ${resource.name} allows it`,
      },
    ],
  });
}

const onEverything = ["allTopics", "allConsumerGroups", "allTransactionalIds", "cluster"];

/** A resource without an ACL is open to every client that can connect. */
function addOpenClusters(view: CellView, paths: Paths, acls: readonly IsolationResource[]): void {
  const clusters = view.ofType("gcp:managedkafka/cluster:Cluster");
  for (const { inputs } of clusters) {
    const own = acls.filter((acl) => sameCluster(acl.inputs, inputs));
    const [first] = own.filter(({ tenant }) => tenant !== undefined);
    if (first === undefined) continue;
    const ids = own.map((acl) => text(acl.inputs.aclId));
    for (const missing of onEverything.filter((id) => !ids.includes(id))) {
      for (const from of view.tenants) {
        paths.add({
          key: missing,
          from,
          to: view.everyoneBut(from),
          resource: first,
          steps: () => [
            {
              principal: `clients of tenant ${from}`,
              can: "reach everything that no other ACL names",
              because: `the cluster has no ACL ${missing}`,
            },
          ],
        });
      }
    }
  }
}

function sameCluster({ cluster }: Plain, { clusterId }: Plain): boolean {
  return text(cluster) === text(clusterId);
}

/** Topics are their tenant's, whoever has ACLs for them. */
function topics(view: CellView): Claim[] {
  const owned = (resource: IsolationResource, cluster: string, name: string): Claim => ({
    scope: `${cluster} topic`,
    pattern: name,
    holder: registrant(resource),
    kind: "owns",
    principal: "",
    can: "",
    key: "",
    resource,
  });
  const ofTenants = ({ tenant }: IsolationResource) => tenant !== undefined;
  return [
    ...view
      .objects("KafkaTopic")
      .filter(({ resource }) => ofTenants(resource))
      .map(({ resource, name, labels: own, inputs }) =>
        owned(
          resource,
          labels(own)[clusterLabel] ?? "",
          text(at(inputs, "spec", "topicName")) ?? name,
        ),
      ),
    ...view
      .ofType("gcp:managedkafka/topic:Topic")
      .filter(ofTenants)
      .map((resource) =>
        owned(resource, text(resource.inputs.cluster) ?? "", text(resource.inputs.topicId) ?? ""),
      ),
  ];
}
