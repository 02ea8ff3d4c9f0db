import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import type { NetworkPlan } from "./plan.ts";

/** The common interface of the network on every cloud. */
export interface NetworkContract {
  readonly cloud: Cloud;
  /** The address plan, known before anything is deployed. */
  readonly plan: NetworkPlan;
}

/** What a cell on AWS needs of its network, whether Atoll created it or it existed before. */
export interface AwsNetworkOutputs extends pulumi.Resource {
  readonly cloud: "aws";
  readonly vpcId: pulumi.Output<string>;
  /** In the order of the zones. */
  readonly privateSubnetIds: pulumi.Output<string>[];
  /** In the order of the zones. */
  readonly isolatedSubnetIds: pulumi.Output<string>[];
  /** The same with zones that the manifest no longer names, last: a service that is in one of them stays there. */
  readonly deployedIsolatedSubnetIds: pulumi.Output<string>[];
  /** In the order of the zones; empty where there are none. */
  readonly publicSubnetIds: pulumi.Output<string>[];
  /** A string that differs for every set of private subnets that the network had or has. */
  readonly subnetSet: string;
  /** Of the interface endpoints; undefined where Atoll does not know it. */
  readonly endpointSecurityGroupId: pulumi.Output<string> | undefined;
  /** Tables that routes to other cells are added to, by the place of the zone; empty where they are not Atoll's. */
  readonly privateRouteTables: Readonly<Record<string, pulumi.Output<string>>>;
  /** One for all zones; undefined where it is not Atoll's. */
  readonly isolatedRouteTableId: pulumi.Output<string> | undefined;
}

/** What a cell on Google Cloud needs of its network, whether Atoll created it or it existed before. */
export interface GcpNetworkOutputs extends pulumi.Resource {
  readonly cloud: "gcp";
  /** `projects/<project>/global/networks/<name>` */
  readonly networkId: pulumi.Output<string>;
  readonly networkSelfLink: pulumi.Output<string>;
  /** `projects/<project>/regions/<region>/subnetworks/<name>` */
  readonly subnetworkId: pulumi.Output<string>;
  readonly subnetworkSelfLink: pulumi.Output<string>;
  /** The name of the secondary range for pods. */
  readonly podRangeName: string;
  /** The name of the secondary range for services. */
  readonly serviceRangeName: string;
}
