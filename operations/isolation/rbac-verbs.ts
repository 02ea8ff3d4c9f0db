/** Rules of RBAC by which a tenant leaves its namespaces, although they are granted in its own. Pure. */
import { namespaceOf } from "../../components/tenant-namespaces/names.ts";
import type { Rule } from "./rbac-roles.ts";

interface Escalation {
  readonly resources: readonly string[];
  /** @default any verb that writes */
  readonly verbs?: readonly string[];
  readonly why: string;
}

const rbacKinds = ["roles", "clusterroles", "rolebindings", "clusterrolebindings"];

/** Source: Kubernetes, "Role Based Access Control Good Practices", privilege escalation risks. */
const escalations: readonly Escalation[] = [
  { resources: rbacKinds, verbs: ["escalate"], why: "grants itself what it does not have" },
  { resources: rbacKinds, verbs: ["bind"], why: "binds itself to any role" },
  {
    resources: ["users", "groups", "serviceaccounts", "userextras", "uids"],
    verbs: ["impersonate"],
    why: "acts as somebody else",
  },
  { resources: rbacKinds, why: "changes who may do what in namespaces that the cell isolates" },
  { resources: ["serviceaccounts/token"], why: "gets tokens of service accounts" },
  {
    resources: ["namespaces", "namespaces/status", "namespaces/finalize"],
    why: "changes the labels by which policies and admission know the tenant",
  },
  { resources: ["networkpolicies"], why: "changes the network policies that isolate it" },
  {
    resources: ["resourcequotas", "resourcequotas/status", "limitranges"],
    why: "lifts its own limits",
  },
  {
    resources: ["secretstores", "clustersecretstores", "pushsecrets", "clusterexternalsecrets"],
    why: "reads secrets with the identity of the operator",
  },
  {
    resources: ["kafkausers", "kafkas", "databases", "databaseroles", "clusters"],
    why: "grants itself data of others through the operator, which acts for it",
  },
  {
    resources: [
      "backups",
      "restores",
      "applicationsets",
      "applications",
      "policies",
      "clusterpolicies",
    ],
    why: "acts with the rights of an operator of the cell",
  },
  {
    resources: ["nodes", "nodes/proxy", "persistentvolumes"],
    why: "reaches nodes and volumes of all tenants",
  },
  {
    resources: ["certificatesigningrequests", "certificatesigningrequests/approval"],
    why: "gets a certificate for any user",
  },
];

const reads = ["get", "list", "watch"];

/** Why a rule in the tenant's own namespace leads out of it. Undefined if it does not. */
export function escalationOf(rule: Rule, all: readonly Rule[]): string | undefined {
  const { verbs, resources } = rule;
  if (verbs.length > 0 && resources.includes("*")) return "covers every resource, also future ones";
  if (verbs.includes("*") && resources.length > 0 && !harmless(resources))
    return "covers every verb, also impersonate, bind and escalate";
  const found = escalations.find(
    (each) =>
      resources.some((resource) => each.resources.includes(resource)) &&
      (each.verbs === undefined
        ? verbs.some((verb) => !reads.includes(verb))
        : each.verbs.some((verb) => verbs.includes(verb))),
  );
  if (found !== undefined) return found.why;
  return execBesideSecrets(rule, all);
}

/** Resources for which `*` is only get, list, watch and the usual changes. */
function harmless(resources: readonly string[]): boolean {
  return resources.every((resource) =>
    ["configmaps", "services", "deployments", "statefulsets", "jobs", "cronjobs"].includes(
      resource,
    ),
  );
}

/** Each is a tenant's own; together they are every token and secret of its namespaces in one hand. */
function execBesideSecrets({ resources }: Rule, all: readonly Rule[]): string | undefined {
  const covers = (resource: string) => all.some((rule) => rule.resources.includes(resource));
  const enters = ["pods/exec", "pods/attach", "pods/ephemeralcontainers"];
  if (!resources.some((resource) => enters.includes(resource))) return undefined;
  return covers("secrets")
    ? "runs commands in pods, and reads secrets beside them: it has every identity of the namespace"
    : "runs commands in pods: it has the identity of each of them";
}

/** Kinds of the cluster that show nothing of a tenant. */
const harmlessOfCluster = [
  "storageclasses",
  "priorityclasses",
  "ingressclasses",
  "gatewayclasses",
  "runtimeclasses",
  "customresourcedefinitions",
  "apiservices",
  "prioritylevelconfigurations",
  "selfsubjectaccessreviews",
  "selfsubjectrulesreviews",
  "selfsubjectreviews",
];

/** Whether a rule for the whole cluster shows or changes anything of others. */
export function reachesOthers({ resources, verbs }: Rule): boolean {
  if (resources.length === 0 || verbs.length === 0) return false;
  const own = resources.every((resource) => resource.startsWith("selfsubject"));
  if (own) return false;
  const onlyReads = verbs.every((verb) => reads.includes(verb));
  return !(onlyReads && resources.every((resource) => harmlessOfCluster.includes(resource)));
}

/**
 * Whether a rule is for objects that an operator of the cell makes for the tenant, such as a certificate: by their names, which nobody
 * else's begin like, because no id is the beginning of another with a hyphen. Lists and watches are not limited by names.
 */
export function isForOwnObjects({ names = [], verbs }: Rule, tenant: string): boolean {
  const own = [namespaceOf(tenant, ""), `${tenant}.`];
  return (
    names.length > 0 &&
    verbs.every((verb) => verb === "get") &&
    names.every(
      (name) => own.some((prefix) => name.startsWith(prefix)) || isPublicCertificate.test(name),
    )
  );
}

/** Strimzi's secrets with the certificate of an authority, by which clients know the brokers. Its key is in another secret. */
const isPublicCertificate = /-cluster-ca-cert$/;
