import { object } from "../fixture/resource.ts";
import { drop, edit, type Mutation, plus, set, several } from "./mutation.ts";

const group = "networking.k8s.io";
const policyOf = (tenant: string, space: string, name: string, spec: unknown) =>
  object(tenant, group, "NetworkPolicy", `tenant-${tenant}-${space}`, name, { spec });
const inBoth = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

export const network: readonly Mutation[] = [
  {
    what: "drops the denial of a namespace",
    plane: "network",
    // Egress to DNS alone selects all pods, and so denies other egress still.
    opens: ["birch", "acme"],
    change: drop("NetworkPolicy", "acme-app-deny"),
  },
  {
    what: "denies only egress",
    plane: "network",
    opens: ["birch", "acme"],
    change: edit("NetworkPolicy", "acme-jobs-deny", set("spec.policyTypes", ["Egress"])),
  },
  {
    what: "denies only ingress",
    plane: "network",
    opens: ["acme", "(cell)"],
    // Egress to DNS selects all pods as well.
    change: several(
      edit("NetworkPolicy", "acme-jobs-deny", set("spec.policyTypes", ["Ingress"])),
      edit(
        "NetworkPolicy",
        "acme-jobs-dns",
        set("spec.podSelector", { matchLabels: { "app.kubernetes.io/name": "bills" } }),
      ),
    ),
  },
  {
    what: "denies pods with a label only",
    plane: "network",
    opens: ["birch", "acme"],
    change: edit(
      "NetworkPolicy",
      "acme-app-deny",
      set("spec.podSelector", { matchLabels: { "app.kubernetes.io/name": "api" } }),
    ),
  },
  {
    what: "allows all traffic beside the denial, in two tenants",
    plane: "network",
    opens: ["acme", "birch"],
    change: plus(
      policyOf("acme", "app", "all", { ...inBoth, ingress: [{}], egress: [{}] }),
      policyOf("birch", "app", "all", { ...inBoth, ingress: [{}], egress: [{}] }),
    ),
  },
  {
    what: "accepts connections of all namespaces",
    plane: "network",
    opens: ["birch", "acme"],
    change: edit(
      "NetworkPolicy",
      "acme-jobs-in-app-api-to-jobs-bills-9090",
      set("spec.ingress.0.from", [{ namespaceSelector: {} }]),
    ),
  },
  {
    what: "accepts connections of every tenant by label",
    plane: "network",
    opens: ["birch", "acme2"],
    change: edit(
      "NetworkPolicy",
      "acme2-jobs-in-app-api-to-jobs-bills-9090",
      set("spec.ingress.0.from", [
        {
          namespaceSelector: {
            matchExpressions: [{ key: "atoll.dev/tenant", operator: "Exists" }],
          },
          podSelector: {},
        },
      ]),
    ),
  },
  {
    what: "calls a namespace of another tenant",
    plane: "network",
    opens: ["acme", "birch"],
    change: edit(
      "NetworkPolicy",
      "acme-app-out-app-api-to-jobs-bills-9090",
      set("spec.egress.0.to.0.namespaceSelector.matchExpressions.0.values", ["tenant-birch-jobs"]),
    ),
  },
  {
    what: "drops the peers of an ingress rule",
    plane: "network",
    opens: ["birch", "acme"],
    change: edit(
      "NetworkPolicy",
      "acme-jobs-in-app-api-to-jobs-bills-9090",
      set("spec.ingress.0.from", undefined),
    ),
  },
  {
    what: "widens the block of an egress rule to the cell's addresses, and the block of an ingress rule",
    plane: "network",
    opens: ["acme", "birch"],
    change: several(
      edit(
        "NetworkPolicy",
        "acme-app-egress-203-0-113-0-24-443",
        set("spec.egress.0.to.0.ipBlock.cidr", "10.0.0.0/8"),
      ),
      plus(
        policyOf("birch", "app", "probes", {
          podSelector: {},
          policyTypes: ["Ingress"],
          ingress: [{ from: [{ ipBlock: { cidr: "10.32.64.0/18" } }] }],
        }),
      ),
    ),
  },
  {
    what: "excepts only a part of the cell's addresses from the whole internet",
    plane: "network",
    opens: ["birch", "(cell)"],
    change: several(
      edit(
        "NetworkPolicy",
        "birch-app-egress-203-0-113-0-24-443",
        set("spec.egress.0", {
          to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.32.0.0/17"] } }],
        }),
      ),
    ),
  },
  {
    what: "opens every port of DNS's namespace",
    plane: "network",
    opens: ["acme", "(cell)"],
    change: edit("NetworkPolicy", "acme-app-dns", set("spec.egress.0.ports", undefined)),
  },
  {
    what: "calls the namespace of an operator on its webhook's port",
    plane: "network",
    opens: ["acme", "(cell)"],
    change: plus(
      policyOf("acme", "app", "webhook", {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                namespaceSelector: {
                  matchLabels: { "kubernetes.io/metadata.name": "external-secrets" },
                },
              },
            ],
            ports: [{ protocol: "TCP", port: 10000, endPort: 11000 }],
          },
        ],
      }),
    ),
  },
  {
    what: "adds a namespace without policies",
    plane: "network",
    opens: ["acme", "(cell)"],
    change: several(
      plus(
        object(
          "acme",
          "core",
          "Namespace",
          "",
          "tenant-acme-extra",
          {},
          {
            "atoll.dev/tenant": "acme",
            "atoll.dev/tier": "basic",
            "pod-security.kubernetes.io/enforce": "restricted",
          },
        ),
      ),
      // What the other planes ask for is there.
      (resources) => [
        ...resources,
        ...resources
          .filter(({ name }) => ["acme-app-quota", "acme-app-limits"].includes(name))
          .map((one) => ({
            ...one,
            inputs: { ...one.inputs, metadata: { name: "tenant", namespace: "tenant-acme-extra" } },
          })),
      ],
      edit("FlowSchema", "acme-requests", (inputs) => {
        const { rules } = inputs.spec as { rules: { subjects: unknown[] }[] };
        rules[0]?.subjects.push({
          kind: "ServiceAccount",
          serviceAccount: { namespace: "tenant-acme-extra", name: "*" },
        });
      }),
    ),
  },
];
