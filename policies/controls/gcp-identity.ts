import type { Control } from "../control.ts";
import type { Report } from "../report.ts";

/** Requirement of CIS, in days. */
const longestRotation = 90;

/** Basic roles, which cover all services. */
const basic = ["roles/owner", "roles/editor", "roles/viewer"];
/** A holder of one of these on a project, folder or organization can impersonate every service account in it. */
const impersonating = ["roles/iam.serviceAccountUser", "roles/iam.serviceAccountTokenCreator"];
const administering = /^roles\/.*admin$/i;

/** Keys and permissions of Google Cloud. */
export const gcpIdentityControls: readonly Control[] = [
  {
    id: "GKMS1",
    policy: "gkms1-enable-rotation",
    title: `Cloud KMS keys are rotated at least every ${longestRotation} days`,
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
        // Google rotates only symmetric keys that are not imported.
        if ((purpose ?? "ENCRYPT_DECRYPT") !== "ENCRYPT_DECRYPT" || importOnly) return;
        if (rotationPeriod === undefined) {
          report.lacking("rotationPeriod", "is not set: the key is never rotated");
        } else if (Number.parseFloat(rotationPeriod) > longestRotation * 86_400) {
          report.wrong("rotationPeriod", rotationPeriod, `it is over ${longestRotation} days`);
        }
      },
    },
  },
  {
    id: "GIAM1",
    policy: "giam1-disallow-broad-roles",
    title: "No principal has a basic role, an admin role, or a role on every service account",
    severity: "high",
    remedy:
      "grant the narrowest predefined role or a custom role, only on the resource that needs it",
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
        report.lacking("", "is a long-lived credential that works from anywhere"),
    },
  },
];

function broadRole({ role }: { readonly role: string }, report: Report): void {
  if (basic.includes(role)) report.wrong("role", role, "it covers all services");
  else if (impersonating.includes(role)) {
    report.wrong("role", role, "its holder can impersonate every service account");
  } else if (administering.test(role)) {
    report.wrong("role", role, "its holder has full access to a service");
  }
}
