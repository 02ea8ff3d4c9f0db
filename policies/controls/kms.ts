import type { Control } from "../control.ts";
import { letsAnybodyIn, statementsOf } from "../iam-document.ts";
import { unknownFromNowhere } from "../origins.ts";
import type { Report } from "../report.ts";
import { requireOn } from "../switches.ts";
import type { Props } from "../types.ts";

/** What CIS asks for, in days; KMS takes up to 2560. */
const longestRotation = 365;

export const kmsControls: readonly Control[] = [
  {
    id: "KMS1",
    policy: "kms1-enable-rotation",
    title: "KMS keys are rotated every year or more often",
    severity: "high",
    remedy: `set enableKeyRotation to true and rotationPeriodInDays to ${longestRotation} or less`,
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.7.4"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["25", "30"],
      "cis-aws": ["4.6"],
    },
    resources: {
      "aws:kms/key:Key": (key, report) => {
        if (!isRotatable(key)) return;
        const path = "enableKeyRotation";
        const forEver = "whoever once got hold of the key reads everything, for ever";
        requireOn(path, () => key[path], forEver, report);
        report.part(() => {
          const days = key.rotationPeriodInDays ?? longestRotation;
          if (days > longestRotation) {
            report.wrong("rotationPeriodInDays", days, "it is longer than a year");
          }
        });
      },
    },
  },
  {
    id: "KMS2",
    policy: "kms2-disallow-open-keys",
    title: "Policies of KMS keys let nobody in by a wildcard",
    severity: "critical",
    remedy:
      "name accounts or roles as principals, or add a condition on kms:CallerAccount or aws:PrincipalOrgID",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["7.2.1"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-aws": ["2.21"],
    },
    repeated: true,
    resources: {
      "aws:kms/key:Key": openKey,
      "aws:kms/keyPolicy:KeyPolicy": (key, report) => {
        report.whenKnown(
          "policy",
          () => key.policy,
          () => openKey(key, report),
        );
      },
    },
    stack: unknownFromNowhere({ "aws:kms/keyPolicy:KeyPolicy": "policy" }),
  },
];

/** KMS rotates symmetric keys of its own making only. */
function isRotatable(key: Props<"aws:kms/key:Key">): boolean {
  return (
    (key.customerMasterKeySpec ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT" &&
    (key.keyUsage ?? "ENCRYPT_DECRYPT") === "ENCRYPT_DECRYPT" &&
    !("customKeyStoreId" in key)
  );
}

/** Without a policy, a key is its account's. */
function openKey(key: { readonly policy?: string | undefined }, report: Report): void {
  for (const statement of statementsOf(key.policy).filter(letsAnybodyIn)) {
    const path = `policy.${statement.path}.Principal`;
    report.wrong(path, "*", "everybody on AWS may use the key");
  }
}
