import type { Framework } from "./framework.ts";

export const pciDss: Framework = {
  name: "PCI DSS",
  version: "4.0.1",
  reference: "https://www.pcisecuritystandards.org/document_library/",
  requirements: {
    "1.3.1": {
      title:
        "Inbound traffic to the cardholder data environment is restricted to what is necessary",
    },
    "1.4.5": { title: "Internal addresses and routing are disclosed to authorised parties only" },
    "2.2.6": { title: "System security parameters are configured to prevent misuse" },
    "3.5.1": { title: "The account number is unreadable wherever it is stored" },
    "3.7.4": { title: "Cryptographic keys are changed at the end of their period" },
    "4.2.1": { title: "Strong cryptography protects account numbers on open, public networks" },
    "6.3.3": {
      title: "Components are protected from known vulnerabilities by patches and updates",
    },
    "7.2.1": { title: "An access control model grants access by need" },
    "8.6.2": {
      title: "Passwords of application and system accounts are not written into scripts or files",
    },
    "10.2.1": { title: "Audit logs are enabled and active for all components" },
    "10.3.3": { title: "Audit logs are backed up where they are hard to alter" },
    "10.3.4": { title: "Changes of audit logs are detected" },
    "10.5.1": {
      title: "Audit logs are kept for twelve months, the last three immediately available",
    },
    "11.5.2": { title: "Changes to critical files are detected" },
  },
  notCovered: [
    "3 except 3.5.1 and 3.7.4, and 4.2.2: retention of account data, custody of keys, messages of users",
    "5: protection from malware",
    "8 except 8.6.2, 9: users and their authentication, physical access",
    "10 except 10.2.1, 10.3.3, 10.3.4 and 10.5.1: review, retention and protection of logs, time",
    "11 except 11.5.2, 12: tests of security, organisation",
  ],
};
