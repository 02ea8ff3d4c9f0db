import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { trustPolicy } from "../core/iam.ts";
import { physicalName } from "../core/naming.ts";
import { parseSpec } from "../core/spec.ts";
import type { AssumeRole } from "../provider/credentials.ts";
import { createAccessEntries } from "./aws-access.ts";
import { AwsCoreAddons } from "./aws-addons.ts";
import { clusterArn, managedPolicyArn } from "./aws-arns.ts";
import { eksKubeconfig } from "./aws-kubeconfig.ts";
import type { AwsClusterOutputs } from "./contract.ts";
import { type AwsClusterSpec, awsClusterSpec } from "./schema.ts";

export interface AwsClusterArgs extends ComponentArgs {
  /** `cluster` of the cell's manifest with cloud, name, region and account. */
  readonly spec: z.input<typeof awsClusterSpec>;
  readonly network: {
    /** Private subnets in at least two zones, for the control plane's interfaces and all nodes. */
    readonly privateSubnetIds: readonly pulumi.Input<string>[];
    /** A string that differs for every set of these subnets. @default their number */
    readonly subnetSet?: string;
  };
  /** ARNs of customer-managed KMS keys. */
  readonly keys: {
    /** Encrypts Kubernetes secrets in etcd. */
    readonly clusterSecrets: pulumi.Input<string>;
    /** Encrypts the control plane's logs. */
    readonly logs: pulumi.Input<string>;
    /** Encrypts the nodes' disks and persistent volumes. */
    readonly volumes: pulumi.Input<string>;
  };
  /** The role that the Kubernetes provider assumes, as the AWS provider does. @default the identity that runs the stack */
  readonly assumeRole?: AssumeRole;
}

/**
 * An EKS cluster without nodes: control plane, access entries, and the add-ons that a node needs to become ready.
 *
 * Only the principals in `spec.access` have access; the identity that deploys must be among them, and must reach the private
 * endpoint.
 */
export class AwsCluster extends BlueprintComponent implements AwsClusterOutputs {
  readonly cloud = "aws";
  readonly spec: AwsClusterSpec;
  readonly clusterName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly version: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  /** Base64 of the PEM certificate of the API server's certificate authority. */
  readonly certificateAuthority: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly clusterIdentifier: pulumi.Output<string>;
  readonly provider: kubernetes.Provider;
  /** URL of the issuer of the service accounts' tokens. */
  readonly oidcIssuer: pulumi.Output<string>;
  /** The security group that EKS creates for the control plane and the nodes. */
  readonly clusterSecurityGroupId: pulumi.Output<string>;
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
  /** A string that differs for every set of the nodes' subnets. */
  readonly subnetSet: string;
  readonly volumesKeyArn: pulumi.Input<string>;
  /** The add-ons that must exist before a node joins: network, proxy and pod identity agent. */
  readonly nodesNeed: readonly pulumi.Resource[];

  constructor(name: string, args: AwsClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsClusterSpec, args.spec, `cluster "${name}"`);
    super("cluster", "AwsCluster", name, args, { spec }, opts);
    this.spec = spec;
    this.privateSubnetIds = args.network.privateSubnetIds;
    this.subnetSet = args.network.subnetSet ?? String(this.privateSubnetIds.length);
    this.volumesKeyArn = args.keys.volumes;

    const cluster = this.#controlPlane(args);
    const access = createAccessEntries(spec.access, cluster.name, {
      named: (key) => this.named(key),
      child: (more) => this.child(more),
    });
    const addons = new AwsCoreAddons(
      this.named("addons"),
      { ownership: args.ownership, retain: this.retain, spec, cluster },
      this.child(),
    );
    this.nodesNeed = [addons];

    this.clusterName = cluster.name;
    this.arn = cluster.arn;
    this.version = cluster.version;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.oidcIssuer = cluster.identities.apply(([first]) => first?.oidcs?.[0]?.issuer ?? "");
    this.clusterSecurityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.kubeconfig = pulumi.secret(
      pulumi
        .all([this.endpoint, this.certificateAuthority])
        .apply(([endpoint, certificateAuthority]) =>
          eksKubeconfig({
            name: spec.name,
            region: spec.region,
            endpoint,
            certificateAuthority,
            assumeRole: args.assumeRole,
          }),
        ),
    );
    this.clusterIdentifier = cluster.arn;
    this.provider = new kubernetes.Provider(
      this.named(),
      // With an explicit identifier, a new endpoint certificate does not replace all resources in the cluster.
      { kubeconfig: this.kubeconfig, clusterIdentifier: this.clusterIdentifier },
      this.child({ dependsOn: access }),
    );
    this.registerOutputs({
      clusterName: this.clusterName,
      version: this.version,
      endpoint: this.endpoint,
      kubeconfig: this.kubeconfig,
    });
  }

  #controlPlane({ network, keys }: AwsClusterArgs): aws.eks.Cluster {
    const { spec } = this;
    const role = this.#role();
    const logs = new aws.cloudwatch.LogGroup(
      this.named("logs"),
      {
        // EKS writes to this name and would create the group itself, unencrypted and without expiry.
        name: `/aws/eks/${spec.name}/cluster`,
        kmsKeyId: keys.logs,
        retentionInDays: spec.logRetentionDays,
      },
      this.stateful(),
    );
    const wanted: aws.eks.ClusterArgs = {
      name: spec.name,
      version: spec.version,
      roleArn: role.arn,
      accessConfig: {
        authenticationMode: "API",
        bootstrapClusterCreatorAdminPermissions: false,
      },
      bootstrapSelfManagedAddons: false,
      vpcConfig: {
        subnetIds: [...network.privateSubnetIds],
        endpointPrivateAccess: true,
        endpointPublicAccess: spec.endpointPublicAccess,
        ...(spec.endpointPublicAccess ? { publicAccessCidrs: spec.publicAccessCidrs } : {}),
      },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: spec.serviceCidr },
      encryptionConfig: { provider: { keyArn: keys.clusterSecrets }, resources: ["secrets"] },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      deletionProtection: this.retain,
    };
    return new aws.eks.Cluster(
      this.named(),
      wanted,
      this.stateful({
        // Without the attachment EKS cannot delete its network interfaces when the cluster is deleted.
        dependsOn: [logs, role.attachment],
        // EKS refuses subnets in other zones than those of the cluster's creation. Nodes can be in any zone.
        ignoreChanges: ["vpcConfig.subnetIds"],
      }),
    );
  }

  #role(): { arn: pulumi.Output<string>; attachment: pulumi.Resource } {
    const { name } = this.spec;
    const role = new aws.iam.Role(
      this.named("role"),
      {
        name: physicalName("iam-role", [name, "cluster"]),
        description: `control plane of ${name}`,
        assumeRolePolicy: trustPolicy("eks.amazonaws.com", {
          conditions: {
            StringEquals: { "aws:SourceAccount": this.spec.account },
            ArnEquals: { "aws:SourceArn": clusterArn(this.spec) },
          },
        }),
      },
      this.child(),
    );
    const attachment = new aws.iam.RolePolicyAttachment(
      this.named("role-cluster-policy"),
      { role: role.name, policyArn: managedPolicyArn("AmazonEKSClusterPolicy") },
      this.child(),
    );
    return { arn: role.arn, attachment };
  }
}
