import type { Control } from "../control.ts";
import { isGiven } from "../known-values.ts";
import { refuseOff } from "../switches.ts";

/** Controls of account-wide defaults, and of log groups. */
export const accountControls: readonly Control[] = [
  {
    id: "EBS2",
    policy: "ebs2-enable-encryption-by-default",
    title: "Encryption of new volumes is enabled for the whole account",
    severity: "high",
    remedy: "keep enabled true",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
      "cis-aws": ["6.1.1"],
    },
    resources: {
      "aws:ebs/encryptionByDefault:EncryptionByDefault": (setting, report) =>
        refuseOff("enabled", () => setting.enabled, "new volumes are not encrypted", report),
    },
  },
  {
    id: "LOG1",
    policy: "log1-configure-log-groups",
    title: "Log groups are encrypted with a customer managed key and have a retention period",
    severity: "medium",
    remedy: "set kmsKeyId to the ARN of a KMS key and retentionInDays to the required retention",
    requirements: {
      soc2: ["CC7.2"],
      "pci-dss-4": ["10.5.1"],
      hipaa: ["164.312(b)"],
      gdpr: ["32"],
      sox: ["ITGC-operations"],
    },
    resources: {
      "aws:cloudwatch/logGroup:LogGroup": (group, report) => {
        if (!isGiven(group, "kmsKeyId")) {
          report.lacking("kmsKeyId", "is not set: AWS controls the key");
        }
        report.part(() => {
          // AWS always keeps this class for two days.
          if (group.logGroupClass === "DELIVERY") return;
          const days = group.retentionInDays;
          const why = "logs, and any personal data in them, are kept forever";
          if (days === undefined) report.lacking("retentionInDays", `is not set: ${why}`);
          else if (days === 0) report.wrong("retentionInDays", days, why);
        });
      },
    },
  },
];
