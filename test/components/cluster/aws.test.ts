// Does not prove that AWS accepts the inputs, that the versions of the add-ons exist in a region, or that a node joins.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import { AwsCluster, type AwsClusterArgs } from "../../../components/cluster/aws.ts";
import { adjust } from "../../../components/core/adjust.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { admin, clusterArgs, clusterSpec, keyArn } from "./aws-fixture.ts";

const build = (changes: Partial<AwsClusterArgs> = {}) =>
  inventory(() => new AwsCluster("cluster", clusterArgs(changes)));

const eks = (resources: readonly Registered[]) => only(resources, "aws:eks/cluster:Cluster");

const addon = (resources: readonly Registered[], key: string) =>
  only(resources, "aws:eks/addon:Addon", `cluster-addons-${key}`);

/** The statements of a policy that was registered as JSON. */
const statements = (policy: unknown) =>
  (JSON.parse(String(policy)) as { Statement: Record<string, unknown>[] }).Statement;

describe("an EKS cluster", () => {
  test("registers exactly these resources", async () => {
    assert.deepEqual(counts(await build()), {
      "atoll:cluster:AwsCluster": 1,
      "atoll:cluster:AwsCoreAddons": 1,
      "atoll:cluster:AwsPodRole": 1,
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:eks/accessEntry:AccessEntry": 1,
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": 1,
      "aws:eks/addon:Addon": 3,
      "aws:eks/cluster:Cluster": 1,
      "aws:iam/role:Role": 2,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 2,
      "pulumi:providers:kubernetes": 1,
    });
  });

  test("has a control plane that is private, encrypted, logged and without access for its creator", async () => {
    const { inputs } = eks(await build());
    const { tags, roleArn, ...settings } = inputs;
    assert.deepEqual(settings, {
      name: "local-aws-use1",
      version: "1.35",
      accessConfig: {
        authenticationMode: "API",
        bootstrapClusterCreatorAdminPermissions: false,
      },
      bootstrapSelfManagedAddons: false,
      vpcConfig: {
        subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"],
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
      },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
      encryptionConfig: { provider: { keyArn: keyArn("secrets") }, resources: ["secrets"] },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      deletionProtection: true,
    });
    assert.match(String(roleArn), /:role\/local-aws-use1-cluster$/);
    assert.equal((tags as Record<string, string>).component, "cluster");
  });

  test("waits for its log group and its role's policy", async () => {
    const resources = await build();
    const needs = [
      only(resources, "aws:cloudwatch/logGroup:LogGroup").urn,
      only(
        resources,
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "cluster-role-cluster-policy",
      ).urn,
    ];
    const { dependsOn } = eks(resources);
    assert.deepEqual(
      needs.filter((urn) => !dependsOn.includes(urn)),
      [],
    );
  });

  test("keeps its logs for a year, encrypted, in the log group that EKS writes to", async () => {
    const { inputs } = only(await build(), "aws:cloudwatch/logGroup:LogGroup");
    assert.equal(inputs.name, "/aws/eks/local-aws-use1/cluster");
    assert.equal(inputs.kmsKeyId, keyArn("logs"));
    assert.equal(inputs.retentionInDays, 365);
  });

  test("is protected when it is permanent, and not when it is ephemeral", async () => {
    const kept = eks(await build());
    assert.deepEqual([kept.protect, kept.retainOnDelete], [true, true]);
    const gone = eks(await build({ retain: false }));
    assert.deepEqual([gone.protect, gone.retainOnDelete], [false, false]);
    assert.equal(gone.inputs.deletionProtection, false);
  });

  test("opens the public endpoint only to the blocks that the manifest names", async () => {
    const { inputs } = eks(
      await build({
        spec: { ...clusterSpec, endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] },
      }),
    );
    assert.deepEqual(inputs.vpcConfig, {
      subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"],
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.0/24"],
    });
  });

  test("creates an access entry with policy and scope for each principal in the manifest", async () => {
    const developer = "arn:aws:iam::111122223333:role/developer";
    const resources = await build({
      spec: {
        ...clusterSpec,
        access: {
          ...clusterSpec.access,
          developers: { principalArn: developer, policy: "edit", namespaces: ["shop"] },
        },
      },
    });
    const association = (key: string) => {
      const { tags, ...inputs } = only(
        resources,
        "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        `cluster-access-${key}-policy`,
      ).inputs;
      return inputs;
    };
    assert.deepEqual(association("platform-admins"), {
      clusterName: "local-aws-use1",
      principalArn: admin,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    });
    assert.deepEqual(association("developers"), {
      clusterName: "local-aws-use1",
      principalArn: developer,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
      accessScope: { type: "namespace", namespaces: ["shop"] },
    });
  });

  test("lets EKS assume its role for this cluster only", async () => {
    const { inputs } = only(await build(), "aws:iam/role:Role", "cluster-role");
    const [trust] = statements(inputs.assumeRolePolicy);
    assert.deepEqual(trust?.Principal, { Service: "eks.amazonaws.com" });
    assert.deepEqual(trust?.Condition, {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnEquals: { "aws:SourceArn": "arn:aws:eks:us-east-1:111122223333:cluster/local-aws-use1" },
    });
  });

  test("pins the add-ons of its Kubernetes version and lets the manifest override one", async () => {
    const pinned = await build();
    assert.equal(addon(pinned, "kube-proxy").inputs.addonVersion, "v1.35.3-eksbuild.29");
    const overridden = await build({
      spec: { ...clusterSpec, addons: { "kube-proxy": "v1.35.4-eksbuild.1" } },
    });
    assert.equal(addon(overridden, "kube-proxy").inputs.addonVersion, "v1.35.4-eksbuild.1");
    assert.equal(
      addon(overridden, "vpc-cni").inputs.addonVersion,
      addon(pinned, "vpc-cni").inputs.addonVersion,
    );
  });

  test("runs the CNI with network policies and its own role, after the pod identity agent", async () => {
    const resources = await build();
    const cni = addon(resources, "vpc-cni");
    assert.deepEqual(JSON.parse(String(cni.inputs.configurationValues)), {
      enableNetworkPolicy: "true",
      env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
    });
    const role = only(resources, "aws:iam/role:Role", "cluster-addons-vpc-cni-role");
    const [association] = cni.inputs.podIdentityAssociations as Record<string, string>[];
    assert.equal(association?.serviceAccount, "aws-node");
    assert.match(String(association?.roleArn), new RegExp(`:role/${role.inputs.name}$`));
    assert.ok(cni.dependsOn.includes(addon(resources, "eks-pod-identity-agent").urn));
  });

  test("binds the CNI's role to one service account of one cluster", async () => {
    const { inputs } = only(await build(), "aws:iam/role:Role", "cluster-addons-vpc-cni-role");
    const [trust] = statements(inputs.assumeRolePolicy);
    const condition = trust?.Condition as { StringEquals: Record<string, string> };
    assert.match(
      String(condition.StringEquals["aws:RequestTag/eks-cluster-arn"]),
      /^arn:aws:eks:us-east-1:\d{12}:cluster\/local-aws-use1$/,
    );
    assert.equal(condition.StringEquals["aws:RequestTag/kubernetes-namespace"], "kube-system");
    assert.equal(condition.StringEquals["aws:RequestTag/kubernetes-service-account"], "aws-node");
  });

  test("outputs a secret kubeconfig that uses the AWS CLI, after access is granted", async () => {
    const resources = await build();
    const provider = only(resources, "pulumi:providers:kubernetes");
    const config = JSON.parse(String(provider.inputs.kubeconfig));
    assert.ok(provider.secrets.includes("kubeconfig"));
    assert.equal(config["current-context"], "local-aws-use1");
    assert.match(config.clusters[0].cluster.server, /^https:\/\/.+\.eks\.amazonaws\.com$/);
    assert.deepEqual(config.users[0].user.exec.args.slice(0, 2), ["eks", "get-token"]);
    const association = only(resources, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation");
    assert.ok(provider.dependsOn.includes(association.urn));
  });

  test("applies adjustments last", async () => {
    const { inputs } = eks(
      await build({
        adjust: {
          main: adjust(aws.eks.Cluster, (args) => ({ ...args, forceUpdateVersion: true })),
        },
      }),
    );
    assert.equal(inputs.forceUpdateVersion, true);
    assert.equal(inputs.version, "1.35");
  });

  test("registers nothing and names every mistake when its spec is wrong", async () => {
    const build = () =>
      new AwsCluster(
        "cluster",
        clusterArgs({ spec: { ...clusterSpec, account: "1", name: "A_b" } }),
      );
    const resources = await inventory(() => {
      assert.throws(build, (error: Error) => {
        assert.match(error.message, /account: must be an account id of 12 digits/);
        assert.match(error.message, /name: must be lower case letters/);
        return true;
      });
    });
    assert.deepEqual(resources, []);
  });
});

test("the control plane keeps its subnets: EKS refuses others", async () => {
  assert.deepEqual(eks(await build()).ignoreChanges, ["vpcConfig.subnetIds"]);
});
