// Registered resources. Whether AWS and Karpenter accept them, the images exist, and nodes become ready, is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AwsCluster } from "../../../components/cluster/aws.ts";
import { AwsNodePools } from "../../../components/node-pool/aws.ts";
import { inventory, only, type Registered } from "../../support/inventory.ts";
import { clusterArgs, keyArn, ownership } from "../cluster/aws-fixture.ts";
import { pools, registered, spec, statement, statements, system } from "./aws-fixture.ts";

const nodeGroup = (resources: readonly Registered[]) =>
  only(resources, "aws:eks/nodeGroup:NodeGroup");

describe("system nodes", () => {
  test("are an on-demand managed node group with node repair, whose desired size follows its minimum", async () => {
    const { inputs, ignoreChanges } = nodeGroup(await registered());
    const { tags, launchTemplate, nodeGroupName, nodeRoleArn, ...settings } = inputs;
    assert.deepEqual(settings, {
      clusterName: "local-aws-use1",
      subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"],
      capacityType: "ON_DEMAND",
      amiType: "AL2023_ARM_64_STANDARD",
      version: "1.35",
      releaseVersion: "1.35.8-20260930",
      instanceTypes: ["m7g.large", "m6g.large"],
      scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 6 },
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      labels: { "atoll.dev/pool": "system", "atoll.dev/class": "system" },
      taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
    });
    assert.deepEqual(ignoreChanges, []);
    const grown = nodeGroup(
      await registered({
        ...pools,
        system: { ...system, architectures: ["arm64"], size: { min: 5, max: 6 } },
      }),
    );
    assert.deepEqual(grown.inputs.scalingConfig, { minSize: 5, desiredSize: 5, maxSize: 6 });
    assert.match(String(nodeRoleArn), /:role\/local-aws-use1-nodes-system$/);
  });

  test("have a name that changes with every replacement, so that both groups can exist", async () => {
    const name = async (changes: object) =>
      nodeGroup(
        await registered({ ...pools, system: { ...system, ...changes, architectures: ["arm64"] } }),
      ).inputs.nodeGroupName;
    const before = await name({});
    assert.equal(before, await name({ size: { min: 4, max: 8 } }));
    assert.notEqual(before, await name({ vcpus: { min: 4, max: 8 } }));
  });

  test("have another name with another number of zones, because EKS replaces a group when its subnets change", async () => {
    const name = async (privateSubnetIds: string[]) => {
      const all = await inventory(() => {
        const cluster = new AwsCluster("cluster", {
          ...clusterArgs(),
          network: { privateSubnetIds },
        });
        new AwsNodePools("nodes", { ownership, cluster, spec: spec() });
      });
      return nodeGroup(all).inputs.nodeGroupName;
    };
    assert.notEqual(
      await name(["subnet-a", "subnet-b"]),
      await name(["subnet-a", "subnet-b", "c"]),
    );
  });

  test("have a launch template with IMDSv2, an encrypted disk and no public address", async () => {
    const { inputs } = only(await registered(), "aws:ec2/launchTemplate:LaunchTemplate");
    assert.deepEqual(inputs.metadataOptions, {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: "disabled",
    });
    const [disk] = inputs.blockDeviceMappings as { ebs: Record<string, unknown> }[];
    assert.equal(disk?.ebs.encrypted, "true");
    assert.equal(disk?.ebs.kmsKeyId, keyArn("volumes"));
    assert.equal(disk?.ebs.volumeType, "gp3");
    const [network] = inputs.networkInterfaces as Record<string, unknown>[];
    assert.equal(network?.associatePublicIpAddress, "false");
    assert.match(String(network?.securityGroups), /^sg-\w+$/);
    const tagged = inputs.tagSpecifications as {
      resourceType: string;
      tags: Record<string, string>;
    }[];
    assert.deepEqual(
      tagged.map(({ resourceType }) => resourceType),
      ["instance", "volume", "network-interface"],
    );
    assert.ok(tagged.every(({ tags }) => tags["cost-centre"] === "cc-1000"));
  });

  test("wait for the add-ons that make a node ready, and DNS and volumes wait for them", async () => {
    const all = await inventory(() => {
      const cluster = new AwsCluster("cluster", clusterArgs());
      new AwsNodePools("nodes", { ownership, cluster, spec: spec() });
    });
    const nodes = only(all, "atoll:node-pool:AwsSystemNodes");
    for (const key of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"]) {
      const { urn } = only(all, "aws:eks/addon:Addon", `cluster-addons-${key}`);
      assert.ok(nodes.dependsOn.includes(urn), key);
    }
    const order = all.map(({ urn }) => urn);
    const group = order.indexOf(nodeGroup(all).urn);
    for (const key of ["coredns", "aws-ebs-csi-driver"]) {
      const addon = only(all, "aws:eks/addon:Addon", `nodes-addons-${key}`);
      assert.ok(order.indexOf(addon.urn) > group, key);
    }
    assert.ok(only(all, "atoll:node-pool:AwsSystemAddons").dependsOn.includes(nodeGroup(all).urn));
  });

  test("have a role that can only pull images, provide pod identities and describe its instance", async () => {
    const resources = await registered();
    const attached = resources
      .filter(
        ({ type, parent }) =>
          type.endsWith(":RolePolicyAttachment") && parent === "nodes-system-role",
      )
      .map(({ inputs }) => inputs.policyArn);
    assert.deepEqual(attached.sort(), [
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy",
    ]);
    const own = only(resources, "aws:iam/rolePolicy:RolePolicy", "nodes-system-role-bootstrap");
    assert.deepEqual(
      statements(own.inputs.policy).map(({ Action }) => Action),
      [["ec2:DescribeInstances", "ec2:DescribeInstanceTypes"]],
    );
  });
});

describe("DNS and volumes", () => {
  test("run on system nodes, the driver with its own role that can use the key for volumes", async () => {
    const resources = await registered();
    const configuration = (key: string) =>
      JSON.parse(
        String(
          only(resources, "aws:eks/addon:Addon", `nodes-addons-${key}`).inputs.configurationValues,
        ),
      );
    const onSystem = {
      nodeSelector: { "atoll.dev/class": "system" },
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    };
    assert.deepEqual(configuration("coredns"), {
      ...onSystem,
      autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 10 },
    });
    assert.deepEqual(configuration("aws-ebs-csi-driver"), {
      controller: onSystem,
      defaultStorageClass: { enabled: false },
    });
    const managed = resources.filter(
      ({ type, parent }) =>
        type.endsWith(":RolePolicyAttachment") && parent === "nodes-addons-ebs-csi-role",
    );
    assert.deepEqual(
      managed.map(({ inputs }) => inputs.policyArn),
      ["arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicyV2"],
    );
    const key = only(
      resources,
      "aws:iam/rolePolicy:RolePolicy",
      "nodes-addons-ebs-csi-role-volumes-key",
    );
    assert.equal(statement(key.inputs.policy, "UseVolumesKey").Resource, keyArn("volumes"));
    assert.deepEqual(statement(key.inputs.policy, "LendVolumesKey").Condition, {
      StringEquals: { "kms:ViaService": "ec2.us-east-1.amazonaws.com" },
      Bool: { "kms:GrantIsForAWSResource": "true" },
    });
  });

  test("provide encrypted gp3 volumes in the pod's zone by default, retained with the cluster", async () => {
    const storage = async (retain: boolean) =>
      only(await registered(pools, { retain }), "kubernetes:storage.k8s.io/v1:StorageClass").inputs;
    const kept = await storage(true);
    assert.deepEqual(kept.parameters, {
      type: "gp3",
      encrypted: "true",
      kmsKeyId: keyArn("volumes"),
      "csi.storage.k8s.io/fstype": "ext4",
    });
    assert.equal(kept.volumeBindingMode, "WaitForFirstConsumer");
    const { annotations } = kept.metadata as { annotations: Record<string, string> };
    assert.equal(annotations["storageclass.kubernetes.io/is-default-class"], "true");
    assert.equal(kept.reclaimPolicy, "Retain");
    assert.equal((await storage(false)).reclaimPolicy, "Delete");
  });

  test("come with one default priority class, and batch pods do not preempt", async () => {
    const resources = await registered();
    const made = resources.filter(({ type }) => type.endsWith(":PriorityClass"));
    for (const { dependsOn } of made) assert.ok(dependsOn.includes(nodeGroup(resources).urn));
    const classes = made.map(({ inputs }) => inputs);
    const defaults = classes.filter(({ globalDefault }) => globalDefault);
    assert.deepEqual(
      defaults.map(({ metadata }) => (metadata as { name: string }).name),
      ["atoll-stateless"],
    );
    assert.deepEqual(
      classes.filter(({ preemptionPolicy }) => preemptionPolicy === "Never").length,
      1,
    );
    assert.ok(classes.every(({ value }) => Number(value) <= 1_000_000_000));
  });
});
