// Registered resources. How Managed Kafka evaluates ACLs is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { clientAcls } from "../../../components/stream/gcp-access.ts";
import { createStream } from "../../../components/stream/stream.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { refused } from "./accepted.ts";
import { gcpArgs, respond } from "./fixture.ts";

const clusterType = "gcp:managedkafka/cluster:Cluster";

describe("a stream on GCP", async () => {
  const resources = await inventory(() => createStream("stream", { ...gcpArgs, cloud: "gcp" }), {
    respond,
  });
  const cluster = only(resources, clusterType);

  test("consists of exactly these resources, all children", () => {
    assert.deepEqual(counts(resources), {
      "atoll:stream:GcpStream": 1,
      "gcp:managedkafka/acl:Acl": 10,
      [clusterType]: 1,
      "gcp:managedkafka/topic:Topic": 2,
      "gcp:projects/iAMMember:IAMMember": 2,
      "gcp:serviceaccount/account:Account": 2,
    });
    for (const { custom, parent } of resources) if (custom) assert.equal(parent, "stream");
  });

  test("is valid by the schemas of the provider", () => {
    assert.deepEqual(refused(resources), []);
  });

  test("has the customer-managed key, and addresses in the cell's subnetwork", () => {
    assert.deepEqual(cluster.inputs.gcpConfig, {
      accessConfig: { networkConfigs: [{ subnet: gcpArgs.network.subnetworkId }] },
      kmsKey: gcpArgs.keys.data,
    });
    assert.deepEqual(cluster.inputs.capacityConfig, {
      vcpuCount: "3",
      memoryBytes: "12884901888",
    });
  });

  test("cannot be deleted in a permanent environment, and can in an ephemeral one", async () => {
    assert.equal(cluster.inputs.deletionPolicy, "PREVENT");
    const short = await inventory(() =>
      createStream("stream", { ...gcpArgs, cloud: "gcp", retain: false }),
    );
    assert.equal(only(short, clusterType).inputs.deletionPolicy, "DELETE");
    assert.ok(short.every(({ protect, retainOnDelete }) => !protect && !retainOnDelete));
  });

  test("sets the topic configuration as a map of strings", () => {
    const { inputs } = only(
      resources,
      "gcp:managedkafka/topic:Topic",
      "stream-topic-orders.snapshots",
    );
    assert.equal((inputs.configs as Record<string, string>)["cleanup.policy"], "compact");
  });

  test("gives each client its own service account that can connect", () => {
    const { inputs } = only(
      resources,
      "gcp:projects/iAMMember:IAMMember",
      "stream-client-billing-connect",
    );
    assert.equal(inputs.role, "roles/managedkafka.client");
    assert.match(String(inputs.member), /^serviceAccount:prod-gcp-euw1-kafka-billing@/);
  });

  test("lets an account that clients of two cells share connect to each by a grant of its own", async () => {
    const grantIn = async (cell: string) => {
      const principal = "shared@acme-prod.iam.gserviceaccount.com";
      const clients = { billing: { ...gcpArgs.spec.clients?.billing, principal } };
      const registered = await inventory(
        () =>
          createStream("stream", {
            ...gcpArgs,
            cloud: "gcp",
            ownership: { ...gcpArgs.ownership, cell },
            spec: { ...gcpArgs.spec, clients },
          }),
        { respond },
      );
      assert.deepEqual(refused(registered), []);
      const { inputs } = only(
        registered,
        "gcp:projects/iAMMember:IAMMember",
        "stream-client-billing-connect",
      );
      assert.equal(inputs.member, `serviceAccount:${principal}`);
      return inputs.condition;
    };
    assert.notDeepEqual(await grantIn("one"), await grantIn("two"));
  });

  test("allows everything to administrators and the service agent that runs Kafka Connect", () => {
    const { inputs } = only(resources, "gcp:managedkafka/acl:Acl", "stream-acl-allTopics");
    assert.deepEqual(
      (inputs.aclEntries as { principal: string; operation: string }[]).map(
        ({ principal, operation }) => [principal, operation],
      ),
      [
        ["User:platform@acme-ops.iam.gserviceaccount.com", "ALL"],
        ["User:service-123456789012@gcp-sa-managedkafka.iam.gserviceaccount.com", "ALL"],
      ],
    );
  });

  test("allows a topic to clients with a grant", () => {
    const { inputs } = only(
      resources,
      "gcp:managedkafka/acl:Acl",
      "stream-acl-topicPrefixed-orders.",
    );
    assert.equal(inputs.aclId, "topicPrefixed/orders.");
    assert.deepEqual(
      (inputs.aclEntries as { principal: string; operation: string }[]).map(
        ({ principal, operation }) => [principal.split("@")[0], operation],
      ),
      [
        ["User:prod-gcp-euw1-kafka-billing", "DESCRIBE"],
        ["User:prod-gcp-euw1-kafka-billing", "READ"],
      ],
    );
  });
});

describe("ACLs", () => {
  const name = fc.stringMatching(/^[a-z]{1,6}(\.[a-z]{1,6})?$/);
  const client = fc.record({
    produce: fc.array(name, { maxLength: 3 }),
    consume: fc.array(name, { maxLength: 3 }),
    transactional: fc.boolean(),
  });

  test("deny everything except to administrators, and allow clients only their grants", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), client), (clients) => {
        const emails = Object.fromEntries(Object.keys(clients).map((key) => [key, `${key}@x`]));
        const lists = clientAcls(clients, emails, ["admin@x"]);
        for (const id of ["cluster", "allTopics", "allConsumerGroups", "allTransactionalIds"]) {
          assert.deepEqual(lists[id], [{ principal: "User:admin@x", operation: "ALL" }]);
        }
        for (const [id, entries] of Object.entries(lists)) {
          const [kind = "", resource = ""] = id.split("/");
          for (const { principal, operation } of entries) {
            if (principal === "User:admin@x") continue;
            const key = principal.slice(5, -2);
            const granted = clients[key];
            assert.ok(granted && kind !== "cluster" && !kind.startsWith("all"));
            if (kind !== "topic") continue;
            if (operation === "WRITE") assert.ok(granted.produce.includes(resource));
            if (operation === "READ") assert.ok(granted.consume.includes(resource));
          }
        }
      }),
    );
  });
});
