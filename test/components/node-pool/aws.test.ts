// Cannot prove that AWS and Karpenter accept what is asked, that the machine images exist, nor that a node ever becomes ready.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EC2NodeClass } from "@kubernetes-models/karpenter/karpenter.k8s.aws/v1";
import { NodePool } from "@kubernetes-models/karpenter/karpenter.sh/v1";
import { AwsCluster } from "../../../components/cluster/aws.ts";
import { AwsNodePools } from "../../../components/node-pool/aws.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { clusterArgs, clusterSpec, keyArn, ownership } from "../cluster/aws-fixture.ts";
import { pools, registered, spec, statement, statements, system } from "./aws-fixture.ts";

const nodePool = (resources: readonly Registered[], key: string) =>
  only(resources, "kubernetes:karpenter.sh/v1:NodePool", `nodes-pool-${key}`);

const nodeGroup = (resources: readonly Registered[]) =>
  only(resources, "aws:eks/nodeGroup:NodeGroup");

const release = (resources: readonly Registered[], name: string) =>
  only(resources, "kubernetes:helm.sh/v3:Release", name);

describe("the node pools of an EKS cluster", () => {
  test("register exactly these resources", async () => {
    assert.deepEqual(counts(await registered()), {
      "atoll:cluster:AwsPodRole": 2,
      "atoll:node-pool:AwsInterruptionQueue": 1,
      "atoll:node-pool:AwsKarpenter": 1,
      "atoll:node-pool:AwsNodePools": 1,
      "atoll:node-pool:AwsNodeRole": 2,
      "atoll:node-pool:AwsSystemAddons": 1,
      "atoll:node-pool:AwsSystemNodes": 1,
      "aws:cloudwatch/eventRule:EventRule": 5,
      "aws:cloudwatch/eventTarget:EventTarget": 5,
      "aws:ec2/launchTemplate:LaunchTemplate": 1,
      "aws:eks/accessEntry:AccessEntry": 1,
      "aws:eks/addon:Addon": 2,
      "aws:eks/nodeGroup:NodeGroup": 1,
      "aws:eks/podIdentityAssociation:PodIdentityAssociation": 1,
      "aws:iam/role:Role": 4,
      "aws:iam/rolePolicy:RolePolicy": 8,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 5,
      "aws:sqs/queue:Queue": 1,
      "aws:sqs/queuePolicy:QueuePolicy": 1,
      "kubernetes:helm.sh/v3:Release": 2,
      "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass": 1,
      "kubernetes:karpenter.sh/v1:NodePool": 3,
      "kubernetes:scheduling.k8s.io/v1:PriorityClass": 4,
      "kubernetes:storage.k8s.io/v1:StorageClass": 1,
    });
  });

  test("say what each pool is", async () => {
    const resources = await registered();
    const { outputs } = only(resources, "atoll:node-pool:AwsNodePools");
    const found = outputs?.pools as Record<string, { class: string; capacity: string }>;
    assert.deepEqual(
      Object.entries(found).map(([key, pool]) => [key, pool.class, pool.capacity]),
      [
        ["batch", "batch", "spot"],
        ["data", "stateful", "on-demand"],
        ["general", "stateless", "spot-with-fallback"],
        ["system", "system", "on-demand"],
      ],
    );
  });

  test("can be previewed with the cluster before either exists, resource by resource", async () => {
    const build = () => {
      const cluster = new AwsCluster("cluster", clusterArgs());
      new AwsNodePools("nodes", { ownership, cluster, spec: spec() });
    };
    assert.deepEqual(
      counts(await inventory(build, { preview: true })),
      counts(await inventory(build)),
    );
  });

  test("have names that AWS takes, each its own, even when the cluster's is as long as it may be", async () => {
    const resources = await inventory(() => {
      const spec63 = { ...clusterSpec, name: `a${"b".repeat(62)}` };
      const cluster = new AwsCluster("cluster", clusterArgs({ spec: spec63 }));
      new AwsNodePools("nodes", { ownership, cluster, spec: spec() });
    });
    const longest: Record<string, number> = {
      "aws:iam/role:Role": 64,
      "aws:sqs/queue:Queue": 80,
      "aws:cloudwatch/eventRule:EventRule": 64,
      "aws:ec2/launchTemplate:LaunchTemplate": 128,
      "aws:eks/nodeGroup:NodeGroup": 63,
    };
    for (const [type, limit] of Object.entries(longest)) {
      const names = resources
        .filter((each) => each.type === type)
        .map(({ inputs }) => String(inputs.name ?? inputs.nodeGroupName));
      assert.ok(names.length > 0 && names.every((name) => name.length <= limit), String(names));
      assert.equal(new Set(names).size, names.length, type);
    }
  });

  test("are refused whole when one is wrong, and nothing is registered", async () => {
    const wrong = { ...pools, data: { ...pools.data, capacity: "spot" as const } };
    const resources = await inventory(() => {
      const cluster = new AwsCluster("cluster", clusterArgs());
      assert.throws(
        () => new AwsNodePools("nodes", { ownership, cluster, spec: spec(wrong) }),
        /pools\.data\.capacity: must be "on-demand" for the class "stateful"/,
      );
    });
    assert.deepEqual(
      resources.filter(({ name }) => name.startsWith("nodes")),
      [],
    );
  });

  test("take overrides last", async () => {
    const resources = await registered(pools, {
      adjust: {
        nodeGroup: (args) => ({ ...args, forceUpdateVersion: true }),
        nodeClass: (wanted) => ({ ...wanted, detailedMonitoring: false }),
        nodePool: (wanted, key) => (key === "batch" ? { ...wanted, weight: 99 } : wanted),
      },
    });
    assert.equal(nodeGroup(resources).inputs.forceUpdateVersion, true);
    const nodeClass = only(resources, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass");
    assert.equal((nodeClass.inputs.spec as Record<string, unknown>).detailedMonitoring, false);
    const weight = (key: string) =>
      (nodePool(resources, key).inputs.spec as { weight: number }).weight;
    assert.deepEqual([weight("batch"), weight("data")], [99, 10]);
  });
});

describe("system nodes", () => {
  test("are a managed node group on demand that repairs itself and forgets how many it was", async () => {
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
    assert.deepEqual(ignoreChanges, ["scalingConfig.desiredSize"]);
    assert.match(String(nodeRoleArn), /:role\/local-aws-use1-nodes-system$/);
  });

  test("have a name that changes with what replaces the group, so that both can stand at once", async () => {
    const name = async (changes: object) =>
      nodeGroup(
        await registered({ ...pools, system: { ...system, ...changes, architectures: ["arm64"] } }),
      ).inputs.nodeGroupName;
    const before = await name({});
    assert.equal(before, await name({ size: { min: 4, max: 8 } }));
    assert.notEqual(before, await name({ vcpus: { min: 4, max: 8 } }));
  });

  test("have another name in another number of zones, as EKS replaces a group whose subnets change", async () => {
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

  test("come from a launch template with IMDSv2, an encrypted disk and no public address", async () => {
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

  test("have a role that pulls images, hands out pod identities and finds itself, nothing more", async () => {
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
  test("run on system nodes, the driver with a role of its own that may use the volumes' key", async () => {
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

  test("give pods encrypted gp3 volumes in their own zone by default, kept when the cluster is", async () => {
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

  test("come with one default priority class, and batch preempts nobody", async () => {
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

describe("Karpenter", () => {
  test("is installed after its resource definitions, without bringing them again", async () => {
    const resources = await registered();
    const crds = release(resources, "nodes-karpenter-crds");
    const controller = release(resources, "nodes-karpenter");
    assert.ok(controller.dependsOn.includes(crds.urn));
    assert.equal(controller.inputs.skipCrds, true);
    assert.equal(crds.inputs.version, controller.inputs.version);
    assert.match(String(controller.inputs.version), /^\d+\.\d+\.\d+$/);
    assert.equal(crds.inputs.chart, "oci://public.ecr.aws/karpenter/karpenter-crd");
    assert.equal(controller.inputs.chart, "oci://public.ecr.aws/karpenter/karpenter");
  });

  test("knows cluster and queue, and runs on system nodes, one replica a node", async () => {
    const values = async (min: number) =>
      release(
        await registered({
          ...pools,
          system: { ...system, architectures: ["arm64"], size: { min, max: 6 } },
        }),
        "nodes-karpenter",
      ).inputs.values as Record<string, unknown>;
    const three = await values(3);
    const settings = three.settings as Record<string, unknown>;
    assert.equal(settings.clusterName, "local-aws-use1");
    assert.equal(settings.interruptionQueue, "local-aws-use1-interruptions");
    assert.match(String(settings.clusterEndpoint), /^https:/);
    assert.deepEqual(three.nodeSelector, {
      "kubernetes.io/os": "linux",
      "atoll.dev/class": "system",
    });
    assert.equal(three.replicas, 2);
    assert.equal((await values(1)).replicas, 1);
  });

  test("gets its role by pod identity, and its nodes an entry of their own", async () => {
    const resources = await registered();
    const { tags, ...identity } = only(
      resources,
      "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    ).inputs;
    assert.deepEqual(identity, {
      clusterName: "local-aws-use1",
      namespace: "kube-system",
      serviceAccount: "karpenter",
      roleArn: "arn:aws:iam::123456789012:role/local-aws-use1-karpenter",
    });
    const entry = only(resources, "aws:eks/accessEntry:AccessEntry");
    assert.equal(entry.inputs.type, "EC2_LINUX");
    assert.match(String(entry.inputs.principalArn), /:role\/local-aws-use1-nodes-karpenter$/);
  });

  test("hears of every way in which AWS takes a node, through a queue that only these rules can fill", async () => {
    const resources = await registered();
    const rules = resources.filter(({ type }) => type.endsWith(":EventRule"));
    assert.deepEqual(
      rules.map(({ inputs }) => JSON.parse(String(inputs.eventPattern))["detail-type"][0]).sort(),
      [
        "AWS Health Event",
        "EC2 Capacity Reservation Instance Interruption Warning",
        "EC2 Instance Rebalance Recommendation",
        "EC2 Instance State-change Notification",
        "EC2 Spot Instance Interruption Warning",
      ],
    );
    const queue = only(resources, "aws:sqs/queue:Queue");
    assert.equal(queue.inputs.messageRetentionSeconds, 300);
    assert.equal(queue.inputs.sqsManagedSseEnabled, true);
    const { policy } = only(resources, "aws:sqs/queuePolicy:QueuePolicy").inputs;
    const sources = statement(policy, "EventsOfThisCluster").Condition.ArnEquals?.["aws:SourceArn"];
    assert.deepEqual(
      [sources]
        .flat()
        .map((arn) => String(arn).split("/").at(-1))
        .sort(),
      rules.map(({ inputs }) => inputs.name).sort(),
    );
    const onlyOverTls = statement(policy, "OnlyOverTls");
    assert.equal(onlyOverTls.Effect, "Deny");
    assert.deepEqual(onlyOverTls.Condition, { Bool: { "aws:SecureTransport": "false" } });
    const targets = resources.filter(({ type }) => type.endsWith(":EventTarget"));
    assert.deepEqual(
      targets.map(({ inputs }) => inputs.rule).sort(),
      rules.map(({ inputs }) => inputs.name).sort(),
    );
  });

  test("makes machines with IMDSv2, an encrypted disk, a dated image and no public address", async () => {
    const { inputs, dependsOn } = only(
      await registered(),
      "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
    );
    new EC2NodeClass(inputs as ConstructorParameters<typeof EC2NodeClass>[0]).validate();
    const nodeClass = inputs.spec as Record<string, unknown>;
    assert.deepEqual(nodeClass.amiSelectorTerms, [{ alias: "al2023@v20260930" }]);
    assert.equal(nodeClass.role, "local-aws-use1-nodes-karpenter");
    assert.equal(nodeClass.associatePublicIPAddress, false);
    assert.deepEqual(nodeClass.metadataOptions, {
      httpEndpoint: "enabled",
      httpProtocolIPv6: "disabled",
      httpPutResponseHopLimit: 1,
      httpTokens: "required",
    });
    const [disk] = nodeClass.blockDeviceMappings as { ebs: Record<string, unknown> }[];
    assert.equal(disk?.ebs.encrypted, true);
    assert.equal(disk?.ebs.kmsKeyID, keyArn("volumes"));
    assert.deepEqual(nodeClass.subnetSelectorTerms, [
      { id: "subnet-0a" },
      { id: "subnet-0b" },
      { id: "subnet-0c" },
    ]);
    assert.ok(dependsOn.some((urn) => urn.endsWith("::nodes-karpenter-crds")));
    assert.ok(dependsOn.some((urn) => urn.endsWith("Release::nodes-karpenter")));
  });

  test("is given one pool for each of the manifest's that is not a system pool, after its node class", async () => {
    const resources = await registered();
    const nodeClass = only(resources, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass");
    for (const key of ["general", "batch", "data"]) {
      const { inputs, dependsOn } = nodePool(resources, key);
      new NodePool(inputs as ConstructorParameters<typeof NodePool>[0]).validate();
      assert.equal((inputs.metadata as { name: string }).name, key);
      assert.ok(dependsOn.includes(nodeClass.urn));
    }
  });

  test("has time to empty the machines of a pool that is removed", async () => {
    const resources = await registered();
    assert.deepEqual(
      ["general", "batch", "data"].map((key) => nodePool(resources, key).deleteTimeout),
      ["1h30m", "24h30m", "4h30m"],
    );
  });
});
