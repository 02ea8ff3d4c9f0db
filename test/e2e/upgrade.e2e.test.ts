// What these tests cannot prove: that real clouds accept the changes of an upgrade; they check what this release plans for a state of
// an earlier one.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { Atoll, changes, of } from "./atoll.ts";

const releases = path.resolve(import.meta.dirname, "../fixtures/releases");

/** Replaces the sample by a release's footprint, its states and its cloud. */
function deployedBy(release: string, atoll: Atoll): void {
  const folder = path.join(releases, release);
  const states = path.join(atoll.rehearsal(), "state/.pulumi/stacks/atoll");
  mkdirSync(states, { recursive: true });
  for (const file of readdirSync(folder)) {
    const from = path.join(folder, file);
    if (file.endsWith(".yaml")) cpSync(from, path.join(atoll.configDir, file));
    const to = file === "cloud.db.gz" ? atoll.rehearsal() : states;
    if (file.endsWith(".gz"))
      writeFileSync(path.join(to, path.basename(file, ".gz")), gunzipSync(readFileSync(from)));
  }
}

/** External Secrets: only the store of the cell, requests and spreading of its pods, selectors of both labels. */
const externalSecrets = {
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy secrets-external-stores":
    "create",
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding secrets-external-stores":
    "create",
  "kubernetes:helm.sh/v3:Release secrets-external-operator": "update",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy secrets-external-namespace-outside": "update",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy secrets-external-namespace-webhook": "update",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole secrets-external-edit": "create",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole secrets-external-view": "create",
};

const definitions = [
  ...["kafkabridges", "kafkaconnectors", "kafkaconnects", "kafkamirrormaker2s", "kafkanodepools"],
  ...["kafkarebalances", "kafkas", "kafkatopics", "kafkausers", "strimzipodsets"],
];

/** All changes of an upgrade from a release to an unchanged footprint, by stack. */
const expected: Readonly<Record<string, Readonly<Record<string, Record<string, string>>>>> = {
  "0.1.0": {
    // The keys of queues, which every environment has.
    local: {
      "aws:kms/key:Key keys-aws-111122223333-us-east-1-queues": "create",
      // Auto Scaling's role by a condition, because it may not exist yet.
      "aws:kms/key:Key keys-aws-111122223333-us-east-1-volumes": "update",
      "aws:kms/alias:Alias keys-aws-111122223333-us-east-1-queues-alias": "create",
      "gcp:kms/cryptoKey:CryptoKey keys-gcp-atoll-local-europe-west1-queues": "create",
      "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember keys-gcp-atoll-local-europe-west1-queues-use":
        "create",
      "gcp:projects/serviceIdentity:ServiceIdentity key-agents-atoll-local-queues": "create",
    },
    "local.aws-use1": {
      ...externalSecrets,
      // Settings that are sent explicitly, names with their final dot, and the names and buckets of registries.
      "aws:msk/cluster:Cluster stream": "update",
      // Spot's service-linked role in a fresh account.
      "aws:iam/rolePolicy:RolePolicy node-pools-karpenter-controller-spot-role": "create",
      "aws:ec2/vpcEndpoint:VpcEndpoint network-endpoints-s3": "update",
      "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList network-dns-platform-names-domains":
        "update",
    },
    "local.gcp-euw1": {
      ...externalSecrets,
      "gcp:container/cluster:Cluster cluster": "update",
      "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule network-names-platform":
        "update",
    },
    "local.onprem-sel": {
      ...externalSecrets,
      // Strimzi's definitions, so that they are upgraded with its chart.
      ...Object.fromEntries(
        definitions.map((name) => [
          `kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinitionPatch stream-crd-${name}`,
          "create",
        ]),
      ),
      // Requests and spreading of operators, policies of jobs and connectors, slots, certificates, waiting.
      "kubernetes:helm.sh/v3:Release database-operator-cloudnative-pg": "update",
      "kubernetes:helm.sh/v3:Release database-operator-plugin-barman-cloud": "update",
      "kubernetes:helm.sh/v3:Release stream-operator": "update",
      "kubernetes:kafka.strimzi.io/v1:Kafka stream": "update",
      ...Object.fromEntries(
        [
          "order.dead-letters",
          "order.events",
          "order.read.history",
          "order.snapshots",
          "page-views",
        ].map((topic) => [
          `kubernetes:kafka.strimzi.io/v1:KafkaTopic stream-topic-${topic}`,
          "update",
        ]),
      ),
      "kubernetes:kafka.strimzi.io/v1:KafkaUser stream-client-storefront": "update",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy database-namespace-archive": "update",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy stream-namespace-api-server": "update",
      "kubernetes:policy/v1:PodDisruptionBudget database-operator-disruption": "create",
      "kubernetes:postgresql.cnpg.io/v1:Cluster database": "update",
      "kubernetes:postgresql.cnpg.io/v1:Pooler database-pooler": "update",
    },
  },
};

describe("an upgrade", () => {
  for (const [release, stacks] of Object.entries(expected)) {
    const atoll = new Atoll();
    after(() => atoll.remove());

    test(`from ${release} replaces and deletes nothing`, async () => {
      deployedBy(release, atoll);
      // Tenants are new: what cells have for them is created once there are tiers.
      atoll.edit("local", (manifest) => delete manifest.tenancy);
      const run = await atoll.json(["preview", "local"]);
      for (const stack of Object.keys(stacks)) {
        const { replaced, deleted } = of(run, stack);
        assert.deepEqual([replaced, deleted], [0, 0], stack);
      }
      const all = Object.keys(stacks).map((stack) => [stack, changes(run, stack)]);
      assert.deepEqual(Object.fromEntries(all), stacks);
    });

    test(`after ${release} a cell can have another zone, in any order`, async () => {
      const stack = "local.aws-use1";
      atoll.edit(stack, (manifest) => {
        const { zones = [] } = manifest as { zones?: string[] };
        Object.assign(manifest, { zones: ["us-east-1d", ...zones.toReversed()] });
      });
      const planned = Object.entries(changes(await atoll.json(["preview", stack]), stack));
      const lost = planned.filter(([, op]) => !["create", "update"].includes(op));
      // Nodes of the system: the new group is created first.
      assert.deepEqual(lost, [["aws:eks/nodeGroup:NodeGroup node-pools-pool-system", "replace"]]);
    });
  }
});
