import type { Framework } from "./framework.ts";

export const hipaa: Framework = {
  name: "HIPAA Security Rule",
  version: "45 CFR Part 164 Subpart C",
  reference: "https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164/subpart-C",
  requirements: {
    "164.312(a)(1)": { title: "Access control" },
    "164.312(a)(2)(iv)": { title: "Encryption and decryption of stored health information" },
    "164.312(b)": { title: "Audit controls" },
    "164.312(e)(1)": { title: "Transmission security: no unauthorised access over a network" },
  },
  notCovered: [
    "164.308: administrative safeguards, contingency plan (back-ups come with the data services)",
    "164.310: physical safeguards, which are the cloud's",
    "164.312(c) and (d): integrity, authentication of persons",
    "164.314 and 164.316: agreements with business associates, documentation",
  ],
};
