import type { Control } from "../control.ts";
import { allowsAnyone, statementsOf } from "../iam-document.ts";
import { unknownFromNowhere } from "../origins.ts";
import type { Report } from "../report.ts";
import { requireOn } from "../switches.ts";
import type { Props } from "../types.ts";

/** Requirement of CIS, in days; KMS allows up to 2560. */
const longestRotation = 365;

export const kmsControls: readonly Control[] = [
  {
    id: "KMS1",
    policy: "kms1-enable-rotation",
    title: "KMS keys are rotated at least every year",
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
        const forEver = "a leaked key can decrypt everything, forever";
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
    title: "KMS key policies do not allow wildcard principals",
    severity: "critical",
    remedy:
      "use accounts or roles as principals, or add a condition on kms:CallerAccount or aws:PrincipalOrgID",
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

/** KMS rotates only symmetric keys with key material that it generated. */
function isRotatable(key: Props<"aws:kms/key:Key">): boolean {
  return (
    (key.customerMasterKeySpec ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT" &&
    (key.keyUsage ?? "ENCRYPT_DECRYPT") === "ENCRYPT_DECRYPT" &&
    !("customKeyStoreId" in key)
  );
}

/** Without a policy, only the key's account has access. */
function openKey(key: { readonly policy?: string | undefined }, report: Report): void {
  for (const statement of statementsOf(key.policy).filter(allowsAnyone)) {
    const path = `policy.${statement.path}.Principal`;
    report.wrong(path, "*", "anyone on AWS can use the key");
  }
}
