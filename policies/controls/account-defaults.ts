import type { Control } from "../control.ts";
import { isGiven } from "../knowns.ts";
import { refuseOff } from "../switches.ts";

/** What holds for a whole account, and the log groups that nearly every service of it writes to. */
export const accountControls: readonly Control[] = [
  {
    id: "EBS2",
    policy: "ebs2-enable-encryption-by-default",
    title: "Encryption of new volumes is on for the whole account",
    severity: "high",
    remedy: "leave enabled true",
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
        refuseOff("enabled", () => setting.enabled, "new volumes are readable", report),
    },
  },
  {
    id: "LOG1",
    policy: "log1-configure-log-groups",
    title: "Log groups are encrypted under a customer key and say how long they keep logs",
    severity: "medium",
    remedy: "set kmsKeyId to the ARN of a KMS key and retentionInDays to what the logs are for",
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
          report.lacking("kmsKeyId", "is not given: nobody but AWS decides on the key");
        }
        report.part(() => {
          // AWS keeps this class for two days, whatever is asked for.
          if (group.logGroupClass === "DELIVERY") return;
          const days = group.retentionInDays;
          const why = "logs are kept for ever, and with them whatever personal data they hold";
          if (days === undefined) report.lacking("retentionInDays", `is not given: ${why}`);
          else if (days === 0) report.wrong("retentionInDays", days, why);
        });
      },
    },
  },
];
