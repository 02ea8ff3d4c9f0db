import type { Control } from "../control.ts";
import type { Report } from "../report.ts";

/** What CIS asks for, in days. */
const longestRotation = 90;

/** Roles of all services at once. */
const basic = ["roles/owner", "roles/editor", "roles/viewer"];
/** Whoever has one of these for a whole project, folder or organisation acts as every service account in it. */
const impersonating = ["roles/iam.serviceAccountUser", "roles/iam.serviceAccountTokenCreator"];
const administering = /^roles\/.*admin$/i;

/** Keys and permissions of Google Cloud. */
export const gcpIdentityControls: readonly Control[] = [
  {
    id: "GKMS1",
    policy: "gkms1-enable-rotation",
    title: `Keys of Cloud KMS are rotated every ${longestRotation} days or more often`,
    severity: "low",
    remedy: `set rotationPeriod to ${longestRotation * 86_400}s or less`,
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.7.4"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["25", "30"],
      "cis-gcp": ["1.11"],
    },
    resources: {
      "gcp:kms/cryptoKey:CryptoKey": ({ purpose, rotationPeriod, importOnly }, report) => {
        // Google rotates symmetric keys of its own making only.
        if ((purpose ?? "ENCRYPT_DECRYPT") !== "ENCRYPT_DECRYPT" || importOnly) return;
        if (rotationPeriod === undefined) {
          report.lacking("rotationPeriod", "is not given: the key is never rotated");
        } else if (Number.parseFloat(rotationPeriod) > longestRotation * 86_400) {
          report.wrong("rotationPeriod", rotationPeriod, `it is over ${longestRotation} days`);
        }
      },
    },
  },
  {
    id: "GIAM1",
    policy: "giam1-disallow-broad-roles",
    title: "Nobody has a basic role, one of administration, or one of every service account",
    severity: "high",
    remedy:
      "give the narrowest predefined role, on the one resource that it is needed for, or a custom role",
    requirements: {
      soc2: ["CC6.3"],
      "pci-dss-4": ["7.2.1"],
      hipaa: ["164.308(a)(3)(i)"],
      gdpr: ["25"],
      sox: ["ITGC-access"],
      "cis-gcp": ["1.5", "1.6"],
    },
    resources: {
      "gcp:folder/iAMMember:IAMMember": broadRole,
      "gcp:organizations/iAMMember:IAMMember": broadRole,
      "gcp:projects/iAMBinding:IAMBinding": broadRole,
      "gcp:projects/iAMMember:IAMMember": broadRole,
    },
  },
  {
    id: "GIAM2",
    policy: "giam2-disallow-account-keys",
    title: "Service accounts have no keys",
    severity: "medium",
    remedy: "use Workload Identity in clusters and Workload Identity Federation elsewhere",
    requirements: {
      soc2: ["CC6.1"],
      hipaa: ["164.312(d)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-gcp": ["1.4"],
    },
    resources: {
      "gcp:serviceaccount/key:Key": (_, report) =>
        report.lacking("", "is a secret that holds for years and works from anywhere"),
    },
  },
];

function broadRole({ role }: { readonly role: string }, report: Report): void {
  if (basic.includes(role)) report.wrong("role", role, "it is for all services at once");
  else if (impersonating.includes(role)) {
    report.wrong("role", role, "its holder acts as every service account");
  } else if (administering.test(role)) {
    report.wrong("role", role, "its holder may do everything with a service");
  }
}
