// Outputs that services set by themselves, in the format of their APIs. Not proven here: what a real cloud would return.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Bag } from "../../../simulator/wire.ts";
import { type Played, playedCloud } from "../../support/played-cloud.ts";

let cloud: Played;
before(() => {
  cloud = playedCloud();
});
after(() => cloud.stop());

const state = (type: string, name: string, inputs: Bag): Bag =>
  cloud.make(type, name, inputs).state;

describe("AWS", () => {
  test("revisions start at 1 and rise with each update", () => {
    const made = cloud.make("aws:msk/configuration:Configuration", "c", {
      serverProperties: "a=1",
    });
    assert.equal(made.state.latestRevision, 1);
    const updated = cloud.update(made, { ...made.inputs, serverProperties: "a=2" });
    assert.equal(updated.state.latestRevision, 2);
    const worker = state("aws:mskconnect/workerConfiguration:WorkerConfiguration", "w", {
      propertiesFileContent: "a=1",
    });
    assert.equal(worker.latestRevision, 1);
  });

  test("a database runs its engine version, and its instances have the cluster's", () => {
    const cluster = cloud.make("aws:rds/cluster:Cluster", "db", {
      clusterIdentifier: "db",
      engine: "aurora-postgresql",
      engineVersion: "17.5",
      masterUsername: "admin1",
      manageMasterUserPassword: true,
      skipFinalSnapshot: true,
    });
    assert.equal(cluster.state.engineVersionActual, "17.5");
    const instance = state("aws:rds/clusterInstance:ClusterInstance", "i", {
      clusterIdentifier: cluster.id,
      engine: "aurora-postgresql",
      instanceClass: "db.r7g.large",
    });
    assert.deepEqual([instance.engineVersion, instance.engineVersionActual], ["17.5", "17.5"]);
    assert.match(String(instance.dbiResourceId), /^db-[0-9A-F]{26}$/);
  });

  test("names of groups and targets are the service's, not made up", () => {
    const made = state("aws:iam/serviceLinkedRole:ServiceLinkedRole", "r", {
      awsServiceName: "spot.amazonaws.com",
    });
    assert.deepEqual(
      [made.name, made.path],
      ["AWSServiceRoleForEC2Spot", "/aws-service-role/spot.amazonaws.com/"],
    );
  });
});

describe("Google Cloud", () => {
  test("an association has the short name of its policy, and an ACL the parts of its id", () => {
    const policy = cloud.make("gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy", "p", {
      name: "egress",
    });
    assert.match(String(policy.state.networkFirewallPolicyId), /^\d{19}$/);
    const network = cloud.make("gcp:compute/network:Network", "n", {
      autoCreateSubnetworks: false,
    });
    const association = state(
      "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation",
      "a",
      { name: "egress", firewallPolicy: "egress", attachmentTarget: network.id },
    );
    assert.equal(association.shortName, "egress");
  });
});
