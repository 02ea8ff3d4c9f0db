import type { Framework } from "./framework.ts";

export const sox: Framework = {
  name: "SOX",
  version: "Sarbanes-Oxley Act of 2002, sections 302 and 404",
  reference: "https://www.govinfo.gov/content/pkg/COMPS-1883/pdf/COMPS-1883.pdf",
  derived:
    "The act asks for internal control over financial reporting and names no technical control. Auditors test it through IT general controls in three areas, and controls are mapped to these areas: who can reach programs and data, how changes are made, how operations are watched.",
  requirements: {
    "ITGC-access": {
      title: "Access to programs and data",
      reasoning:
        "Figures can be trusted only if they cannot be changed outside the application, for example through an open port or a leaked credential.",
    },
    "ITGC-change": {
      title: "Program changes",
      reasoning:
        "Supported versions, allowed images, deletion protection and expiring exemptions show that systems change only on purpose.",
    },
    "ITGC-operations": {
      title: "Computer operations",
      reasoning: "Logs of the control plane and of the network are evidence of intended operation.",
    },
  },
  notCovered: [
    "802: retention of audit records for seven years (comes with the audit trail)",
    "Program development, separation of duties between people, review of access",
    "Controls inside applications, and all controls of the finance process",
  ],
};
