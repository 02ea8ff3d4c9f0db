import type { Framework } from "./framework.ts";

export const gdpr: Framework = {
  name: "GDPR",
  version: "Regulation (EU) 2016/679",
  reference: "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
  requirements: {
    "25": { title: "Data protection by design and by default" },
    "30": {
      title: "Records of processing activities",
      reasoning: "The records can be checked against logs of access and traffic.",
    },
    "32": { title: "Security of processing, encryption among it" },
  },
  notCovered: [
    "5 to 11: principles, lawfulness, consent",
    "12 to 23: rights of data subjects",
    "33 and 34: notification of breaches",
    "35 to 39: impact assessment, data protection officer",
    "44 to 50: transfers to third countries (residency comes with tenancy)",
  ],
};
