// Changes that providers decide by a condition. Not proven here: that a real provider decides the same.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aws } from "../../../../simulator/schema/changes/aws.ts";
import { gcp } from "../../../../simulator/schema/changes/gcp.ts";
import { plan, resourceSchema, unknownValue } from "../../../../simulator/schema/index.ts";

type Bag = Record<string, unknown>;
type Case = readonly [olds: Bag, news: Bag, expected: "replace" | "update"];

/** By type: changes that replace the resource, and their opposites, which do not. */
const planned: Readonly<Record<string, readonly Case[]>> = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    [{ privateDnsEnabled: true }, { privateDnsEnabled: false }, "replace"],
    [{ policy: "a" }, { policy: "b" }, "update"],
  ],
  "aws:eks/cluster:Cluster": [
    [{ encryptionConfig: { resources: ["secrets"] } }, {}, "replace"],
    [{}, { encryptionConfig: { resources: ["secrets"] } }, "update"],
  ],
  "aws:eks/nodeGroup:NodeGroup": [
    [{ launchTemplate: { id: "lt-1", version: "1" } }, {}, "update"],
    [
      { launchTemplate: { id: "lt-1", version: "1" } },
      { launchTemplate: { id: "lt-2", version: "1" } },
      "replace",
    ],
    [
      { launchTemplate: { id: "lt-1", version: "1" } },
      { launchTemplate: { id: "lt-1", version: "2" } },
      "update",
    ],
  ],
  "aws:elasticache/replicationGroup:ReplicationGroup": [
    [{ engineVersion: "8.2" }, { engineVersion: "8.0" }, "replace"],
    [{ engineVersion: "8.0" }, { engineVersion: "8.2" }, "update"],
    [{ engine: "redis" }, { engine: "valkey" }, "update"],
    [{ engine: "valkey" }, { engine: "redis" }, "replace"],
    [
      { engineVersionActual: "7.0.4", transitEncryptionEnabled: false },
      { transitEncryptionEnabled: true },
      "replace",
    ],
    [
      { engineVersionActual: "8.2.0", transitEncryptionEnabled: false },
      { transitEncryptionEnabled: true },
      "update",
    ],
  ],
  "aws:guardduty/detectorFeature:DetectorFeature": [
    [
      {},
      { additionalConfigurations: [{ name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" }] },
      "update",
    ],
    [
      { additionalConfigurations: [{ name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" }] },
      {},
      "update",
    ],
    [{ name: "EKS_AUDIT_LOGS" }, { name: "RUNTIME_MONITORING" }, "replace"],
  ],
  "aws:msk/cluster:Cluster": [
    [{ storageMode: "TIERED" }, { storageMode: "LOCAL" }, "replace"],
    [{ storageMode: "LOCAL" }, { storageMode: "TIERED" }, "update"],
    [{ kafkaVersion: "3.9.0" }, { kafkaVersion: "3.8.0" }, "replace"],
    [{ kafkaVersion: "4.1.x.kraft" }, { kafkaVersion: "4.0.x.kraft" }, "update"],
  ],
  "aws:msk/topic:Topic": [
    [{ replicationFactor: 3 }, { replicationFactor: 2 }, "replace"],
    [{ partitionCount: 6 }, { partitionCount: 12 }, "update"],
  ],
  "aws:route53/resolverRule:ResolverRule": [
    [{ resolverEndpointId: "rslvr-out-1" }, { resolverEndpointId: unknownValue }, "replace"],
    [{ resolverEndpointId: "rslvr-out-1" }, {}, "replace"],
    [{ resolverEndpointId: "rslvr-out-1" }, { resolverEndpointId: "rslvr-out-2" }, "update"],
  ],
  "gcp:compute/forwardingRule:ForwardingRule": [
    [{ target: "a/serviceAttachments/1" }, { target: "a/serviceAttachments/2" }, "replace"],
    [{ target: "a/targetHttpProxies/1" }, { target: "a/targetHttpProxies/2" }, "update"],
    [
      { allowGlobalAccess: false, loadBalancingScheme: "INTERNAL_MANAGED" },
      { allowGlobalAccess: true, loadBalancingScheme: "INTERNAL_MANAGED" },
      "replace",
    ],
    [
      { allowGlobalAccess: false, loadBalancingScheme: "INTERNAL" },
      { allowGlobalAccess: true, loadBalancingScheme: "INTERNAL" },
      "update",
    ],
  ],
  "gcp:compute/subnetwork:Subnetwork": [
    [{ ipCidrRange: "10.0.0.0/20" }, { ipCidrRange: "10.0.0.0/21" }, "replace"],
    [{ ipCidrRange: "10.0.16.0/20" }, { ipCidrRange: "10.0.0.0/19" }, "update"],
    [{ ipCidrRange: "10.0.0.0/20" }, { ipCidrRange: "10.1.0.0/19" }, "replace"],
  ],
  "gcp:container/cluster:Cluster": [
    [{ enableFqdnNetworkPolicy: true }, { enableFqdnNetworkPolicy: false }, "replace"],
    [{ enableFqdnNetworkPolicy: true }, {}, "replace"],
    [{ enableFqdnNetworkPolicy: false }, { enableFqdnNetworkPolicy: true }, "update"],
    [{ enableL4IlbSubsetting: true }, { enableL4IlbSubsetting: false }, "replace"],
    [
      { enableK8sBetaApis: { enabledApis: ["a", "b"] } },
      { enableK8sBetaApis: { enabledApis: ["a"] } },
      "replace",
    ],
    [
      { enableK8sBetaApis: { enabledApis: ["a"] } },
      { enableK8sBetaApis: { enabledApis: ["a", "b"] } },
      "update",
    ],
    [
      { dnsConfig: { additiveVpcScopeDnsDomain: "a" }, enableAutopilot: true },
      { dnsConfig: { additiveVpcScopeDnsDomain: "b" }, enableAutopilot: true },
      "replace",
    ],
    [
      { dnsConfig: { additiveVpcScopeDnsDomain: "a" } },
      { dnsConfig: { additiveVpcScopeDnsDomain: "b" } },
      "update",
    ],
  ],
  "gcp:sql/databaseInstance:DatabaseInstance": [
    [{ masterInstanceName: "a" }, { masterInstanceName: "b" }, "replace"],
    [{ masterInstanceName: "a" }, { masterInstanceName: unknownValue }, "replace"],
    [
      { masterInstanceName: "a", instanceType: "READ_REPLICA_INSTANCE" },
      { instanceType: "CLOUD_SQL_INSTANCE" },
      "update",
    ],
    [{ settings: { diskSize: 50 } }, { settings: { diskSize: 20 } }, "update"],
    [
      { settings: { diskSize: 50 } },
      { settings: { diskSize: 20, diskAutoresize: false } },
      "replace",
    ],
    [
      { settings: { ipConfiguration: { privateNetwork: "n" } } },
      { settings: { ipConfiguration: {} } },
      "replace",
    ],
    [
      { settings: { ipConfiguration: {} } },
      { settings: { ipConfiguration: { privateNetwork: "n" } } },
      "update",
    ],
    [
      { settings: { autoUpgradeEnabled: true } },
      { settings: { autoUpgradeEnabled: false } },
      "replace",
    ],
  ],
  "gcp:storage/bucket:Bucket": [
    [{ retentionPolicy: { retentionPeriod: "60", isLocked: true } }, {}, "replace"],
    [
      { retentionPolicy: { retentionPeriod: "60", isLocked: true } },
      { retentionPolicy: { retentionPeriod: "60", isLocked: false } },
      "replace",
    ],
    [
      { retentionPolicy: { retentionPeriod: "60", isLocked: false } },
      { retentionPolicy: { retentionPeriod: "60", isLocked: true } },
      "update",
    ],
    [{ retentionPolicy: { retentionPeriod: "60" } }, {}, "update"],
  ],
};

describe("conditions", () => {
  for (const [type, cases] of Object.entries(planned)) {
    test(`decide whether ${type} is replaced`, () => {
      const schema = resourceSchema(type);
      assert.ok(schema, type);
      for (const [olds, news, expected] of cases) {
        const replaced = plan(schema, olds, news).some(({ replace }) => replace);
        assert.equal(replaced ? "replace" : "update", expected, JSON.stringify([olds, news]));
      }
    });
  }

  test("do not decide on blocks whose removal a provider ignores", () => {
    const schema = resourceSchema("aws:msk/cluster:Cluster");
    assert.ok(schema);
    const monitored = {
      openMonitoring: { prometheus: { jmxExporter: { enabledInBroker: true } } },
    };
    assert.deepEqual(plan(schema, monitored, {}), []);
    const off = { openMonitoring: { prometheus: { jmxExporter: { enabledInBroker: false } } } };
    assert.equal(plan(schema, monitored, off).length, 1);
  });

  test("all have a case here", () => {
    const types = Object.entries({ ...aws, ...gcp }).flatMap(([type, { conditions }]) =>
      conditions === undefined ? [] : [type],
    );
    assert.deepEqual(
      types.filter((type) => planned[type] === undefined),
      [],
    );
  });
});
