/**
 * Does not prove what a real API server returns, or how the engine reports a read of a missing object.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { OnpremCluster, type OnpremClusterArgs } from "../../../components/cluster/onprem.ts";
import { build } from "../../../components/cluster/onprem-section.ts";
import { onpremClusterSpec } from "../../../components/cluster/schema.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import type { SectionBuild } from "../../../components/section/build.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";

const spec = {
  cloud: "onprem",
  name: "prod-onprem-sel",
  version: "1.35",
  kubeconfig: { configKey: "kubeconfig" },
  nodes: ["sel-a1", "sel-b1"],
} as const satisfies OnpremClusterArgs["spec"];

const fleet = {
  project: "acme-prod",
  membership: "sel",
  issuer: "https://issuer.acme.example",
} as const;

const args: OnpremClusterArgs = {
  spec,
  kubeconfig: "apiVersion: v1",
  ownership: {
    environment: "prod",
    cell: "onprem-sel",
    owner: "platform",
    costCentre: "cc-100",
    dataClass: "internal",
  },
};

/** The answers of a suitable cluster. */
function suitable({ type }: { type: string }): Record<string, unknown> | undefined {
  switch (type) {
    case "kubernetes:core/v1:Node": {
      const labels = { "topology.kubernetes.io/zone": "sel-a", rack: "7" };
      return { metadata: { labels }, status: { nodeInfo: { kubeletVersion: "v1.35.2" } } };
    }
    case "kubernetes:scheduling.k8s.io/v1:PriorityClass":
      return { globalDefault: true };
    case "kubernetes:storage.k8s.io/v1:StorageClass": {
      const annotations = { "storageclass.kubernetes.io/is-default-class": "true" };
      return { metadata: { annotations } };
    }
    case "kubernetes:networking.k8s.io/v1:IngressClass": {
      const annotations = { "ingressclass.kubernetes.io/is-default-class": "true" };
      return { metadata: { annotations } };
    }
    case "kubernetes:discovery.k8s.io/v1:EndpointSlice":
      return { ports: [{ name: "https", port: 16443 }] };
    case "kubernetes:core/v1:Namespace":
      return { metadata: { uid: "6f1c" } };
    case "kubernetes:apiregistration.k8s.io/v1:APIService":
      return { status: { conditions: [{ type: "Available", status: "True" }] } };
    default:
      return undefined;
  }
}

/** What is registered in a suitable cluster, and what is read. */
async function registered(changed: Partial<OnpremClusterArgs> = {}) {
  const read: string[] = [];
  const all = await inventory(() => new OnpremCluster("cluster", { ...args, ...changed }), {
    respond: (resource) => {
      const answer = suitable(resource);
      if (answer !== undefined && !/:(Namespace|EndpointSlice)$/.test(resource.type))
        read.push(resource.name);
      return answer;
    },
  });
  return { all, read };
}

describe("what an existing cluster registers", () => {
  test("a provider to inspect it and a provider for others, and nothing in it", async () => {
    const { all } = await registered();
    assert.deepEqual(counts(all), {
      "atoll:cluster:OnpremCluster": 1,
      "pulumi:providers:kubernetes": 2,
    });
    for (const name of ["cluster-inspect", "cluster"]) {
      const provider = only(all, "pulumi:providers:kubernetes", name);
      assert.equal(provider.inputs.kubeconfig, "apiVersion: v1");
      assert.deepEqual(provider.secrets, ["kubeconfig"]);
    }
    assert.equal(only(all, "atoll:cluster:OnpremCluster").outputs?.version, "1.35");
  });

  test("its identity is the UID of kube-system, whatever its kubeconfig says", async () => {
    const { all } = await registered();
    const provider = only(all, "pulumi:providers:kubernetes", "cluster");
    assert.equal(provider.inputs.clusterIdentifier, "6f1c");
    const inspector = only(all, "pulumi:providers:kubernetes", "cluster-inspect");
    assert.equal(inspector.inputs.clusterIdentifier, "prod-onprem-sel");
  });

  test("every node of its pools and every required capability is inspected", async () => {
    const { read } = await registered({
      spec: { ...spec, capabilities: ["gateway-api", "csi-snapshots"], networkPolicy: "cilium" },
    });
    assert.deepEqual(read.sort(), [
      "cluster-api-v1.gateway.networking.k8s.io",
      "cluster-api-v1.snapshot.storage.k8s.io",
      "cluster-api-v2.cilium.io",
      "cluster-node-sel-a1",
      "cluster-node-sel-b1",
    ]);
  });

  test("zones of nodes for data and the cluster's default classes are inspected", async () => {
    const { all, read } = await registered({
      spec: {
        ...spec,
        zonedNodes: ["sel-a1"],
        rackLabel: "rack",
        defaultClasses: { priority: "site-default", storage: "fast", ingress: "nginx" },
      },
    });
    assert.deepEqual(read.filter((name) => name.startsWith("cluster-default-")).sort(), [
      "cluster-default-ingress",
      "cluster-default-priority",
      "cluster-default-storage",
    ]);
    assert.equal(only(all, "atoll:cluster:OnpremCluster").outputs?.version, "1.35");
  });

  test("policies allow the ports of the API server's endpoints, or the one of the manifest", async () => {
    const ports = async (changed: object) => {
      let cluster: OnpremCluster | undefined;
      await inventory(
        () => {
          cluster = new OnpremCluster("cluster", { ...args, spec: { ...spec, ...changed } });
        },
        {
          respond: ({ type }) => {
            if (type === "kubernetes:discovery.k8s.io/v1:EndpointSlice")
              return { ports: [{ port: 16443 }] };
            if (type !== "kubernetes:core/v1:Node") return undefined;
            return { status: { nodeInfo: { kubeletVersion: "v1.35.2" } } };
          },
        },
      );
      return new Promise((done) => cluster?.apiServerPorts.apply(done));
    };
    assert.deepEqual(await ports({}), [443, 16443]);
    assert.deepEqual(await ports({ apiServerPort: 8443 }), [443, 8443]);
    assert.deepEqual(await ports({ apiServerPort: 443 }), [443]);
  });

  test("with a fleet it is registered there", async () => {
    const { all } = await registered({ spec: { ...spec, fleet } });
    const membership = only(all, "gcp:gkehub/membership:Membership").inputs;
    assert.deepEqual(refusals(all.filter(({ type }) => type.startsWith("gcp:"))), []);
    assert.equal(membership.project, "acme-prod");
    assert.equal(membership.location, "global");
    assert.equal(membership.membershipId, "sel");
    assert.deepEqual(membership.authority, { issuer: "https://issuer.acme.example" });
  });

  test("a fleet is reached with the credentials of its project, whatever the cloud of the cell", async () => {
    const all = await inventory(
      () =>
        build({ ...onpremClusterSpec.parse(spec), fleet: { ...fleet, location: "global" } }, {
          name: "cluster",
          common: { ownership: args.ownership },
          secret: () => pulumi.secret("apiVersion: v1"),
          credentials: {
            accounts: {},
            projects: {
              "acme-prod": {
                impersonate: "fleet@acme-prod.iam.gserviceaccount.com",
                delegates: [],
              },
            },
          },
          opts: (more: object = {}) => more,
        } as unknown as SectionBuild<"onprem">),
      { respond: suitable },
    );
    const { inputs, urn } = only(all, "pulumi:providers:gcp");
    assert.equal(inputs.project, "acme-prod");
    assert.equal(inputs.impersonateServiceAccount, "fleet@acme-prod.iam.gserviceaccount.com");
    assert.ok(only(all, "gcp:gkehub/membership:Membership").provider.startsWith(urn));
  });

  test("an unsuitable cluster blocks everything: no provider for others, no object, no membership", async () => {
    const program = fileURLToPath(import.meta.resolve("./onprem.unsuitable.ts"));
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    const { registered, errors } = JSON.parse(stdout);
    assert.deepEqual(registered, [
      "atoll:cluster:OnpremCluster cluster",
      "pulumi:providers:kubernetes cluster-inspect",
    ]);
    assert.equal(errors.length, 1);
    assert.equal(errors[0].code, "cluster-unsuitable");
    assert.equal(errors[0].__pulumiRunError, true);
    assert.equal(
      errors[0].shown,
      'cluster "cluster" does not meet the manifest, and nothing was created in it:\n' +
        '  - version: must be the cluster\'s version, "1.33": upgrade the cluster or correct the manifest (got "1.35")\n' +
        '  - network.podCidr: must be the pod range of the cluster, which contains those of its nodes: sel-a1 has 10.244.3.0/25; the smallest block with all of them is 10.244.3.0/25 (got "10.40.128.0/17")\n' +
        "  - node sel-a1: must allow at most 128 pods, the addresses of its pod range 10.244.3.0/25: decrease maxPods of its kubelet, or give it a /24 (got 250)\n" +
        "[atoll: cluster-unsuitable]",
    );
  });

  test("unknown values stay unknown in a preview", async () => {
    const all = await inventory(() => new OnpremCluster("cluster", args), { preview: true });
    const inspector = only(all, "pulumi:providers:kubernetes", "cluster-inspect");
    const provider = only(all, "pulumi:providers:kubernetes", "cluster");
    assert.equal(inspector.inputs.kubeconfig, "apiVersion: v1");
    assert.notEqual(provider.inputs.kubeconfig, "apiVersion: v1");
  });
});

describe("invalid settings of an existing cluster", () => {
  const cases: [string, Record<string, unknown>, RegExp][] = [
    [
      "a version out of support",
      { version: "1.29" },
      /spec: version: must be a version in standard support/,
    ],
    [
      "an unknown capability",
      { capabilities: ["gateway"] },
      /spec: capabilities\[0\]: .*gateway-api/,
    ],
    [
      "a capability twice",
      { capabilities: ["gateway-api", "gateway-api"] },
      /spec: capabilities: must name each capability once/,
    ],
    ["an unknown network plugin", { networkPolicy: "flannel" }, /spec: networkPolicy: /],
    ["no place of the kubeconfig", { kubeconfig: {} }, /spec: kubeconfig\.configKey: /],
    [
      "a name that no node can have",
      { nodes: ["sel_a1"] },
      /spec: nodes\[0\]: must be the name of a node/,
    ],
    [
      "an issuer without TLS",
      { fleet: { ...fleet, issuer: "http://issuer.acme.example" } },
      /spec: fleet\.issuer: must be the URL of a token issuer/,
    ],
    ["a field of a cloud", { releaseChannel: "REGULAR" }, /spec: releaseChannel: unknown field/],
  ];
  for (const [what, change, expected] of cases) {
    test(what, () => {
      const { problems } = checkSpec(onpremClusterSpec, { ...spec, ...change }, "spec");
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(`${problems[0]?.path}: ${problems[0]?.message}`, expected);
    });
  }
});
