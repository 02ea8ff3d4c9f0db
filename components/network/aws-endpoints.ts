import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent } from "../core/component.ts";
import { policyDocument, type Statement } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import type { AwsNetworkPart } from "./aws-part.ts";
import type { InterfaceService } from "./aws-schema.ts";
import { dynamodbPolicy, interfacePolicy, s3Policy } from "./endpoint-policies.ts";

export interface AwsEndpointsArgs extends AwsNetworkPart {
  readonly routeTableIds: readonly pulumi.Input<string>[];
}

/** VPC endpoints for AWS services, each with a policy that allows only principals of the account or organisation. */
export class AwsEndpoints extends BlueprintComponent {
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: AwsEndpointsArgs, opts: pulumi.ComponentResourceOptions) {
    super("network", "AwsEndpoints", name, args, {}, opts);
    this.#gateway(args, "s3", s3Policy(args.spec));
    this.#gateway(args, "dynamodb", dynamodbPolicy(args.spec));

    const group = this.#securityGroup(args);
    for (const service of args.spec.interfaceEndpoints) this.#interface(args, service, group);

    this.securityGroupId = group.id;
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }

  /** Gateway endpoints, without charge. Only private subnets have routes to them: isolated subnets reach nothing outside the VPC. */
  #gateway(args: AwsEndpointsArgs, service: "s3" | "dynamodb", policy: Statement[]): void {
    new aws.ec2.VpcEndpoint(
      this.named(service),
      {
        vpcId: args.vpcId,
        serviceName: serviceName(args, service),
        vpcEndpointType: "Gateway",
        routeTableIds: [...args.routeTableIds],
        policy: policyDocument(policy),
        tags: { Name: nameIn(args.ownership, "aws-name-tag", service) },
      },
      this.child(),
    );
  }

  #securityGroup({ vpcId, spec, ownership }: AwsEndpointsArgs): aws.ec2.SecurityGroup {
    const group = new aws.ec2.SecurityGroup(
      this.named(),
      {
        name: nameIn(ownership, "security-group", "endpoints"),
        description: "Interface endpoints: HTTPS from inside the VPC",
        vpcId,
        tags: { Name: nameIn(ownership, "aws-name-tag", "endpoints") },
      },
      this.child(),
    );
    new aws.vpc.SecurityGroupIngressRule(
      this.named("https"),
      {
        securityGroupId: group.id,
        description: "HTTPS from inside the VPC",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: spec.cidr,
      },
      this.child(),
    );
    return group;
  }

  #interface(
    args: AwsEndpointsArgs,
    service: InterfaceService,
    group: aws.ec2.SecurityGroup,
  ): void {
    const policy = interfacePolicy(service, args.spec);
    const key = service.replaceAll(".", "-");
    new aws.ec2.VpcEndpoint(
      this.named(key),
      {
        vpcId: args.vpcId,
        serviceName: serviceName(args, service),
        vpcEndpointType: "Interface",
        subnetIds: args.zones.map((zone) => zone.private.id),
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        ...(policy ? { policy: policyDocument(policy) } : {}),
        tags: { Name: nameIn(args.ownership, "aws-name-tag", key) },
      },
      this.child(),
    );
  }
}

function serviceName({ spec }: AwsEndpointsArgs, service: string): string {
  return `com.amazonaws.${spec.region}.${service}`;
}
