import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { found, refuseUnsuitable } from "../core/existing.ts";
import { parseSpec } from "../core/spec.ts";
import type { AssumeRole } from "../provider/credentials.ts";
import { createAccessEntries } from "./aws-access.ts";
import { type AwsClusterFacts, awsClusterProblems } from "./aws-existing-checks.ts";
import { type AwsExistingClusterSpec, awsExistingClusterSpec } from "./aws-existing-schema.ts";
import { eksKubeconfig } from "./aws-kubeconfig.ts";
import type { AwsClusterOutputs } from "./contract.ts";

export interface AwsExistingClusterArgs extends ComponentArgs {
  /** `cluster` of the cell's manifest with the facts of the cell. */
  readonly spec: z.input<typeof awsExistingClusterSpec>;
  /** The result of `lookUpAwsCluster()`. */
  readonly facts: AwsClusterFacts;
  readonly network: {
    /** Subnets of the nodes that Atoll adds. */
    readonly privateSubnetIds: readonly pulumi.Input<string>[];
    /** A string that differs for every set of these subnets. @default their number */
    readonly subnetSet?: string;
  };
  /** ARNs of customer-managed KMS keys. */
  readonly keys: {
    /** Encrypts the disks of the nodes that Atoll adds. */
    readonly volumes: pulumi.Input<string>;
  };
  /** The role that the Kubernetes provider assumes, as the AWS provider does. @default the identity that runs the stack */
  readonly assumeRole?: AssumeRole;
}

/**
 * An existing EKS cluster. One that does not meet the requirements of a cell is refused, also in previews, before anything is
 * created in it. Only the access entries of `spec.access` are added.
 *
 * @example
 * const facts = await lookUpAwsCluster(spec, { provider });
 * const cluster = new AwsExistingCluster("cluster", { spec, facts, network, keys, ownership }, { providers: { aws: provider } });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec; `existing-unsuitable` with every failed check.
 */
export class AwsExistingCluster extends BlueprintComponent implements AwsClusterOutputs {
  readonly cloud = "aws";
  readonly spec: AwsExistingClusterSpec;
  readonly clusterName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly version: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly certificateAuthority: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly clusterIdentifier: pulumi.Output<string>;
  readonly provider: kubernetes.Provider;
  readonly oidcIssuer: pulumi.Output<string>;
  readonly clusterSecurityGroupId: pulumi.Output<string>;
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
  readonly subnetSet: string;
  readonly volumesKeyArn: pulumi.Input<string>;
  readonly nodesNeed: readonly pulumi.Resource[];

  constructor(name: string, args: AwsExistingClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsExistingClusterSpec, args.spec, `cluster "${name}"`);
    refuseUnsuitable(`EKS cluster ${spec.existing.name}`, awsClusterProblems(spec, args.facts));
    // Another cell does not change this one.
    const { otherCells, usedBy, ...recorded } = spec;
    super("cluster", "AwsExistingCluster", name, args, { spec: recorded }, opts);
    this.spec = spec;
    this.privateSubnetIds = args.network.privateSubnetIds;
    this.subnetSet = args.network.subnetSet ?? String(this.privateSubnetIds.length);
    this.volumesKeyArn = args.keys.volumes;

    const seen = found(args.facts.cluster);
    this.clusterName = pulumi.output(spec.existing.name);
    this.arn = pulumi.output(seen.arn);
    this.version = pulumi.output(seen.version);
    this.endpoint = pulumi.output(seen.endpoint);
    this.certificateAuthority = pulumi.output(seen.certificateAuthority);
    this.oidcIssuer = pulumi.output(seen.oidcIssuer);
    this.clusterSecurityGroupId = pulumi.output(seen.clusterSecurityGroupId);
    this.nodesNeed = createAccessEntries(spec.access, spec.existing.name, {
      named: (key) => this.named(key),
      child: (more) => this.child(more),
    });
    this.kubeconfig = pulumi.secret(
      eksKubeconfig({
        name: spec.existing.name,
        region: spec.region,
        endpoint: seen.endpoint,
        certificateAuthority: seen.certificateAuthority,
        assumeRole: args.assumeRole,
      }),
    );
    this.clusterIdentifier = this.arn;
    this.provider = new kubernetes.Provider(
      this.named(),
      { kubeconfig: this.kubeconfig, clusterIdentifier: this.clusterIdentifier },
      this.child({ dependsOn: [...this.nodesNeed] }),
    );
    this.registerOutputs({
      clusterName: this.clusterName,
      version: this.version,
      endpoint: this.endpoint,
      kubeconfig: this.kubeconfig,
    });
  }
}
