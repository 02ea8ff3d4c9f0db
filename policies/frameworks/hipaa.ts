import type { Framework } from "./framework.ts";

export const hipaa: Framework = {
  name: "HIPAA Security Rule",
  version: "45 CFR Part 164 Subpart C",
  reference: "https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164/subpart-C",
  requirements: {
    "164.308(a)(3)(i)": { title: "Workforce security: appropriate access" },
    "164.308(a)(7)(i)": { title: "Contingency plan: systems continue to operate after failures" },
    "164.308(a)(7)(ii)(A)": { title: "Data backup plan" },
    "164.312(a)(1)": { title: "Access control" },
    "164.312(a)(2)(iv)": { title: "Encryption and decryption of stored health information" },
    "164.312(b)": { title: "Audit controls" },
    "164.312(c)(1)": { title: "Integrity: protection from improper alteration" },
    "164.312(d)": { title: "Person or entity authentication" },
    "164.312(e)(1)": { title: "Transmission security: no unauthorised access over a network" },
  },
  notCovered: [
    "164.308 except (a)(3) and (a)(7): administrative safeguards",
    "164.310: physical safeguards, which the cloud provider is responsible for",
    "164.312(d) for persons: authentication of users",
    "164.314 and 164.316: agreements with business associates, documentation",
  ],
};
