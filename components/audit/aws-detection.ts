import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { FrameworkId } from "../core/frameworks.ts";
import { nameIn } from "../core/place.ts";
import { AwsRecorder, type AwsRecorderArgs } from "./aws-recorder.ts";

export interface AwsDetectionArgs extends ComponentArgs {
  readonly region: string;
  readonly frameworks: readonly FrameworkId[];
  /** Whether GuardDuty watches the nodes of EKS clusters from within. */
  readonly runtimeMonitoring: boolean;
  readonly recorder: Omit<AwsRecorderArgs, "ownership" | "retain">;
}

/**
 * The detective services of one account and region: GuardDuty, Config, Access Analyzer, Security Hub, and default EBS
 * encryption. AwsAudit creates it in the region of the trail; every other region with cells gets its own.
 */
export class AwsDetection extends BlueprintComponent {
  readonly detectorId: pulumi.Output<string>;

  constructor(name: string, args: AwsDetectionArgs, opts?: pulumi.ComponentResourceOptions) {
    const { region, frameworks } = args;
    super("audit", "AwsDetection", name, args, { region, frameworks }, opts);
    this.detectorId = this.#guardDuty(args);
    const recorder = new AwsRecorder(
      this.named("recorder"),
      { ownership: args.ownership, retain: this.retain, ...args.recorder },
      this.child(),
    );
    this.#securityHub(args, recorder);
    this.#analyzer(args);
    this.#volumes();
    this.registerOutputs({ detectorId: this.detectorId });
  }

  #guardDuty({ runtimeMonitoring }: AwsDetectionArgs): pulumi.Output<string> {
    const detector = new aws.guardduty.Detector(
      this.named("guardduty"),
      { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" },
      this.child(),
    );
    for (const feature of features) {
      new aws.guardduty.DetectorFeature(
        this.named(`guardduty-${feature.toLowerCase().replaceAll("_", "-")}`),
        { detectorId: detector.id, name: feature, status: "ENABLED" },
        this.child(),
      );
    }
    if (runtimeMonitoring) {
      new aws.guardduty.DetectorFeature(
        this.named("guardduty-runtime-monitoring"),
        {
          detectorId: detector.id,
          name: "RUNTIME_MONITORING",
          status: "ENABLED",
          additionalConfigurations: [
            { name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" },
            { name: "ECS_FARGATE_AGENT_MANAGEMENT", status: "DISABLED" },
            { name: "EC2_AGENT_MANAGEMENT", status: "DISABLED" },
          ],
        },
        this.child(),
      );
    }
    return detector.id;
  }

  /** Security Hub's controls read what Config records. */
  #securityHub({ region, frameworks }: AwsDetectionArgs, recorder: AwsRecorder): void {
    const hub = new aws.securityhub.Account(
      this.named("security-hub"),
      {
        enableDefaultStandards: false,
        autoEnableControls: true,
        controlFindingGenerator: "SECURITY_CONTROL",
      },
      this.child({ dependsOn: recorder }),
    );
    for (const [key, standard] of Object.entries(standardsFor(frameworks))) {
      new aws.securityhub.StandardsSubscription(
        this.named(`security-hub-${key}`),
        { standardsArn: `arn:aws:securityhub:${region}::standards/${standard}` },
        this.child({ dependsOn: hub }),
      );
    }
  }

  #analyzer({ ownership, region }: AwsDetectionArgs): void {
    new aws.accessanalyzer.Analyzer(
      this.named("access-analyzer"),
      { analyzerName: nameIn(ownership, "access-analyzer", region), type: "ACCOUNT" },
      this.child(),
    );
  }

  #volumes(): void {
    new aws.ebs.EncryptionByDefault(this.named("volumes"), { enabled: true }, this.child());
    new aws.ebs.SnapshotBlockPublicAccess(
      this.named("snapshots"),
      { state: "block-all-sharing" },
      this.child(),
    );
  }
}

/** GuardDuty's protection plans beside its foundational data sources: flow logs, DNS, CloudTrail. */
const features = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "LAMBDA_NETWORK_LOGS",
] as const;

/** The standards of Security Hub for these frameworks, beside AWS's own. Source: its standards reference, 2026-08. */
export function standardsFor(frameworks: readonly FrameworkId[]): Record<string, string> {
  return {
    "best-practices": "aws-foundational-security-best-practices/v/1.0.0",
    ...(frameworks.includes("cis-aws") ? { cis: "cis-aws-foundations-benchmark/v/5.0.0" } : {}),
    ...(frameworks.includes("pci-dss-4") ? { "pci-dss": "pci-dss/v/4.0.1" } : {}),
  };
}
