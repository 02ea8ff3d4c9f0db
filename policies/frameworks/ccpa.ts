import type { Framework } from "./framework.ts";

export const ccpa: Framework = {
  name: "CCPA",
  version: "California Civil Code 1798.100 to 1798.199.100, as amended by the CPRA",
  reference:
    "https://leginfo.legislature.ca.gov/faces/codes_displayText.xhtml?division=3.&part=4.&lawCode=CIV&title=1.81.5",
  derived:
    "The act names no technical control. Section 1798.150 makes a business liable when unencrypted personal information leaks because reasonable security was lacking. Controls are mapped to it if they block external access to data and machines, encrypt stored data, or protect credentials; controls of operations and change are not.",
  requirements: {
    "1798.150": {
      title: "Liability for breaches that follow from a lack of reasonable security",
      reasoning:
        "Encrypted information, and information without external access, cannot be leaked in the sense of this section.",
    },
  },
  notCovered: [
    "1798.100, 1798.110, 1798.115, 1798.130: notice and disclosure",
    "1798.105 and 1798.106: deletion and correction (erasure comes with tenancy)",
    "1798.120, 1798.121, 1798.135: opting out of sale and of use",
    "1798.185: audits of cybersecurity and assessments of risk",
  ],
};
