import type { Framework } from "./framework.ts";

export const soc2: Framework = {
  name: "SOC 2",
  version: "2017 Trust Services Criteria, revised points of focus 2022",
  reference:
    "https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022",
  requirements: {
    "A1.2": { title: "Environmental protections, back-up and recovery infrastructure" },
    "C1.1": { title: "Confidential information is identified and retained as required" },
    "CC1.3": {
      title: "Structures, authorities and responsibilities are established",
      reasoning: "Permissions follow from roles in the organization, not from persons.",
    },
    "CC3.4": { title: "Changes that could affect internal control are identified and assessed" },
    "CC5.3": { title: "Control activities are deployed through policies and procedures" },
    "CC6.1": { title: "Logical access security over protected information assets" },
    "CC6.2": { title: "Access is given to registered and authorised users only" },
    "CC6.3": { title: "Access follows roles, least privilege and separation of duties" },
    "CC6.6": { title: "Protection against threats from outside the system's boundaries" },
    "CC6.7": { title: "Information is protected while it is transmitted, moved and removed" },
    "CC6.8": { title: "Unauthorised or malicious software is prevented or detected" },
    "CC7.1": { title: "Vulnerabilities and changes of configuration are detected" },
    "CC7.2": { title: "Components are monitored for anomalies" },
    "CC7.4": {
      title: "Responses to security incidents, recovery among them",
      reasoning: "Backups are what an incident is recovered from.",
    },
    "PI1.5": { title: "What is processed is stored completely, accurately and as specified" },
  },
  notCovered: [
    "CC1 to CC4 except CC1.3 and CC3.4: governance, people, communication, risk assessment, monitoring of controls",
    "CC7.3, CC7.5 and CC9: incident response, business continuity, vendors",
    "CC6.2 for people (joiners and leavers), CC6.4: physical access",
    "Processing integrity except PI1.5, and privacy criteria",
  ],
};
