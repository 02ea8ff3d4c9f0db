// What these tests cannot prove: that an API server schedules and admits by these objects. Objects are held against the embedded
// cloud's schemas when the sample comes up.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import { TenantNamespaces } from "../../../components/tenant-namespaces/kubernetes.ts";
import { policiesOf } from "../../../components/tenant-namespaces/network-policies.ts";
import { limitsOf, quotasOf } from "../../../components/tenant-namespaces/quota.ts";
import { tenantRoles } from "../../../components/tenant-namespaces/roles.ts";
import { namespacesSpec } from "../../../components/tenant-namespaces/schema.ts";
import { inventory, type Registered } from "../../support/inventory.ts";

const ownership = {
  environment: "prod",
  cell: "aws-use1",
  tenant: "acme",
  owner: "platform",
  costCentre: "p-1",
  dataClass: "internal",
} as const;

const input = {
  tenant: "acme",
  tier: "basic",
  suspended: false,
  quota: { cpu: 3, memory: "6 GiB" as const, pods: 30 },
  settings: {
    spaces: {
      web: { share: 2, services: { storefront: { ports: [8080] } } },
      jobs: { services: { invoicing: {} } },
    },
    calls: [{ from: "web/storefront", to: "jobs/invoicing", ports: [9090], why: "invoices" }],
    operators: { groups: ["acme-operators"] },
    ci: { users: ["acme-deploy"] },
  },
  reaches: [{ to: "database", ports: [5432], cidrs: ["10.32.64.0/20"] }],
};
const spec = namespacesSpec.parse(input);

const built = await inventory(() => {
  const provider = new kubernetes.Provider("cluster", { kubeconfig: "{}" });
  return new TenantNamespaces("aws-use1-namespaces", {
    ownership,
    spec: input,
    cluster: { provider },
  });
});
const of = (kind: string) => built.filter(({ type }) => type.endsWith(`:${kind}`));
const metadataOf = ({ inputs }: Registered) =>
  inputs.metadata as { name: string; namespace: string; labels: Record<string, string> };

describe("a tenant's quota", () => {
  const quotas = quotasOf(spec);

  test("is divided between its namespaces by their shares", () => {
    assert.equal(quotas.web!["requests.cpu"], "2000m");
    assert.equal(quotas.jobs!["requests.cpu"], "1000m");
    assert.equal(quotas.web!["requests.memory"], "4096Mi");
    assert.equal(quotas.web!["limits.memory"], "8192Mi");
    assert.equal(quotas.jobs!.pods, "10");
  });

  test("allows no node ports, no load balancers and no foreign storage classes", () => {
    const [web] = Object.values(quotasOf({ ...spec, foreignClasses: ["gp2"] }));
    assert.equal(web!["services.nodeports"], "0");
    assert.equal(web!["services.loadbalancers"], "0");
    assert.equal(web!["gp2.storageclass.storage.k8s.io/requests.storage"], "0");
  });

  test("allows no pod of a suspended tenant, and keeps its volumes", () => {
    const { web } = quotasOf({ ...spec, suspended: true });
    assert.equal(web!.pods, "0");
    assert.equal(web!["requests.storage"], quotas.web!["requests.storage"]);
  });

  test("has limits for containers that state none, within its own proportion", () => {
    const [limits] = limitsOf(spec.quota);
    assert.deepEqual(limits!.defaultRequest, {
      cpu: "100m",
      memory: "128Mi",
      "ephemeral-storage": "100Mi",
    });
    assert.deepEqual(limits!.max, { cpu: "2000m", memory: "4096Mi" });
    assert.deepEqual(limits!.maxLimitRequestRatio, { cpu: "2", memory: "2" });
  });
});

describe("a call", () => {
  const policies = policiesOf(spec);

  test("is allowed on both sides, for the named pods and ports only", () => {
    const out = policies.web!["out-web-storefront-to-jobs-invoicing-9090"]!;
    const into = policies.jobs!["in-web-storefront-to-jobs-invoicing-9090"]!;
    const peer = (space: string, service: string) => ({
      namespaceSelector: {
        matchExpressions: [
          { key: "kubernetes.io/metadata.name", operator: "In", values: [`tenant-acme-${space}`] },
        ],
      },
      podSelector: { matchLabels: { "app.kubernetes.io/name": service } },
    });
    const ports = [{ protocol: "TCP", port: 9090 }];
    assert.deepEqual(out.podSelector, { matchLabels: { "app.kubernetes.io/name": "storefront" } });
    assert.deepEqual(out.egress, [{ to: [peer("jobs", "invoicing")], ports }]);
    assert.deepEqual(into.podSelector, { matchLabels: { "app.kubernetes.io/name": "invoicing" } });
    assert.deepEqual(into.ingress, [{ from: [peer("web", "storefront")], ports }]);
  });

  test("to a service of the cell is egress from each namespace", () => {
    for (const space of ["web", "jobs"]) {
      const { egress } = policies[space]!["cell-database"]!;
      assert.deepEqual(egress, [
        { to: [{ ipBlock: { cidr: "10.32.64.0/20" } }], ports: [{ protocol: "TCP", port: 5432 }] },
      ]);
    }
  });

  test("of a suspended tenant is not allowed", () => {
    assert.deepEqual(policiesOf({ ...spec, suspended: true }), { web: {}, jobs: {} });
  });
});

describe("a tenant in the cluster", () => {
  test("has namespaces with the restricted pod standard that deny everything else", () => {
    assert.deepEqual(
      of("Namespace").map((it) => metadataOf(it).name),
      ["tenant-acme-web", "tenant-acme-jobs"],
    );
    for (const namespace of of("Namespace")) {
      const { labels } = metadataOf(namespace);
      assert.equal(labels["pod-security.kubernetes.io/enforce"], "restricted");
      assert.equal(labels["atoll.dev/tenant"], "acme");
      assert.equal(labels["atoll.dev/tier"], "basic");
      assert.ok(namespace.protect && namespace.retainOnDelete);
    }
    const denials = of("NetworkPolicy").filter((it) => metadataOf(it).name === "deny");
    assert.equal(denials.length, 2);
    for (const { inputs } of denials) {
      assert.deepEqual(inputs.spec, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    }
  });

  test("has one quota and one limit range in each namespace", () => {
    const places = (kind: string) =>
      of(kind)
        .map((it) => metadataOf(it).namespace)
        .sort();
    assert.deepEqual(places("ResourceQuota"), ["tenant-acme-jobs", "tenant-acme-web"]);
    assert.deepEqual(places("LimitRange"), ["tenant-acme-jobs", "tenant-acme-web"]);
  });

  test("binds roles in its own namespaces to its own groups and users", () => {
    const bindings = of("RoleBinding").map(({ inputs }) => [
      (inputs.metadata as { namespace: string }).namespace,
      (inputs.subjects as { kind: string; name: string }[]).map(
        ({ kind, name }) => `${kind} ${name}`,
      ),
    ]);
    assert.deepEqual(bindings.sort(), [
      ["tenant-acme-jobs", ["Group acme-operators"]],
      ["tenant-acme-jobs", ["User acme-deploy"]],
      ["tenant-acme-web", ["Group acme-operators"]],
      ["tenant-acme-web", ["User acme-deploy"]],
    ]);
    assert.equal(of("ClusterRoleBinding").length, 0);
  });

  test("has a service account without a mounted token, and a disruption budget, for each service", () => {
    assert.deepEqual(
      of("ServiceAccount").map(({ inputs }) => [
        metadataOf({ inputs } as Registered).name,
        inputs.automountServiceAccountToken,
      ]),
      [
        ["storefront", false],
        ["invoicing", false],
      ],
    );
    assert.deepEqual(
      of("PodDisruptionBudget").map(
        ({ inputs }) => (inputs.spec as { selector: unknown }).selector,
      ),
      [
        { matchLabels: { "app.kubernetes.io/name": "storefront" } },
        { matchLabels: { "app.kubernetes.io/name": "invoicing" } },
      ],
    );
  });

  test("is served by the API server as its tier, fairly by namespace", () => {
    const [schema] = of("FlowSchema");
    const { priorityLevelConfiguration, distinguisherMethod, rules } = schema!.inputs.spec as {
      priorityLevelConfiguration: unknown;
      distinguisherMethod: unknown;
      rules: { subjects: { serviceAccount: { namespace: string } }[] }[];
    };
    assert.deepEqual(priorityLevelConfiguration, { name: "atoll-tier-basic" });
    assert.deepEqual(distinguisherMethod, { type: "ByNamespace" });
    assert.deepEqual(
      rules[0]!.subjects.map(({ serviceAccount }) => serviceAccount.namespace),
      ["tenant-acme-web", "tenant-acme-jobs"],
    );
  });
});

describe("roles of a tenant", () => {
  const rules = Object.values(tenantRoles).flat();

  test("have no verb on what isolates it, and none that escalates", () => {
    assert.ok(rules.length > 5);
    const forbidden =
      /^(namespaces|roles|rolebindings|clusterroles|serviceaccounts\/token|pods\/exec|pods\/attach|pods\/portforward|pods\/ephemeralcontainers|secrets)$/;
    assert.deepEqual(
      rules.flatMap(({ resources }) => resources).filter((name) => forbidden.test(name)),
      [],
    );
    assert.deepEqual(
      rules
        .flatMap(({ verbs }) => verbs)
        .filter((verb) => /^(escalate|bind|impersonate|\*)$/.test(verb)),
      [],
    );
    const changes = rules.filter(({ verbs }) =>
      verbs.some((verb) => !["get", "list", "watch"].includes(verb)),
    );
    const changed = changes.flatMap(({ resources }) => resources);
    for (const kept of [
      "resourcequotas",
      "limitranges",
      "networkpolicies",
      "poddisruptionbudgets",
      "serviceaccounts",
    ])
      assert.ok(!changed.includes(kept), kept);
  });
});
