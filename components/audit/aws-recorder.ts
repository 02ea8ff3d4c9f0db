import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";

export interface AwsRecorderArgs extends ComponentArgs {
  readonly account: string;
  readonly region: string;
  readonly recording: "continuous" | "daily";
  /** Whether global resources are recorded here: in one region of an account only. */
  readonly global: boolean;
  /** Where Config delivers to. */
  readonly bucketName: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
  /** Created first: the bucket's policy and the service-linked role. */
  readonly after: readonly pulumi.Resource[];
}

/** AWS Config in one region: the current and past configuration of resources. */
export class AwsRecorder extends BlueprintComponent {
  constructor(name: string, args: AwsRecorderArgs, opts?: pulumi.ComponentResourceOptions) {
    const { ownership, account, region, recording, global, after } = args;
    super("audit", "AwsRecorder", name, args, { region, recording }, opts);
    const physical = nameIn(ownership, "config-recorder", region);
    const recorder = new aws.cfg.Recorder(
      this.named(),
      {
        name: physical,
        // Config's service-linked role, which AWS extends for new resource types.
        roleArn: `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: global },
        recordingMode: { recordingFrequency: recording.toUpperCase() },
      },
      this.child({ dependsOn: [...after] }),
    );
    const channel = new aws.cfg.DeliveryChannel(
      this.named("channel"),
      {
        name: physical,
        s3BucketName: args.bucketName,
        s3KmsKeyArn: args.keyArn,
        snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
      },
      this.child({ dependsOn: recorder }),
    );
    new aws.cfg.RecorderStatus(
      this.named("status"),
      { name: recorder.name, isEnabled: true },
      this.child({ dependsOn: channel }),
    );
    this.registerOutputs({});
  }
}
