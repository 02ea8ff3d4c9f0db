import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";

/**
 * The Route 53 profile of an account and region with several cells, which shares zones and rules with their VPCs. It belongs to the
 * environment, so that no cell depends on another.
 */
export class AwsDnsProfile extends BlueprintComponent {
  readonly profileId: pulumi.Output<string>;

  constructor(name: string, args: ComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("private-dns", "AwsDnsProfile", name, args, {}, opts);
    const profile = new aws.route53.ProfilesProfile(
      this.named(),
      { name: nameIn(args.ownership, "route53-resolver", "dns") },
      this.child(),
    );
    this.profileId = profile.id;
    this.registerOutputs({ profileId: this.profileId });
  }
}
