import { widerThanPrivate } from "../addresses.ts";
import type { Control, ResourceChecks } from "../control.ts";
import { ingressChecks, opensAllPorts, opensAny, reportOpen } from "../ingress.ts";

const adminPorts = [22, 3389];

/** Ports on which data services listen when nobody chose others. */
const dataPorts: Readonly<Record<number, string>> = {
  1433: "SQL Server",
  1521: "Oracle",
  2181: "ZooKeeper",
  3306: "MySQL",
  5432: "PostgreSQL",
  5439: "Redshift",
  6379: "Redis and Valkey",
  6380: "Redis and Valkey",
  8182: "Neptune",
  9042: "Cassandra",
  9092: "Kafka",
  9094: "Kafka",
  9096: "Kafka",
  9098: "Kafka",
  9192: "Kafka",
  9194: "Kafka",
  9196: "Kafka",
  9198: "Kafka",
  9200: "OpenSearch",
  11211: "Memcached",
  27017: "MongoDB and DocumentDB",
};

/** What the rules themselves do not show: a list that holds the internet lets it through every rule that names the list. */
const prefixLists: ResourceChecks = {
  "aws:ec2/managedPrefixList:ManagedPrefixList": ({ entries }, report) =>
    report.each("entries", entries, ({ cidr }, path) => {
      if (widerThanPrivate(cidr)) {
        report.wrong(`${path}.cidr`, cidr, "every rule that names this list lets the internet in");
      }
    }),
  "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": ({ cidr }, report) => {
    if (widerThanPrivate(cidr)) {
      report.wrong("cidr", cidr, "every rule that names its list lets the internet in");
    }
  },
};

export const securityGroupControls: readonly Control[] = [
  {
    id: "SG1",
    policy: "sg1-disallow-open-admin-ports",
    title: "Security groups do not let the internet reach SSH or RDP",
    severity: "high",
    remedy: "take the rule away and use Session Manager, or name the few blocks that need it",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(e)(1)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-aws": ["6.3", "6.4"],
    },
    repeated: true,
    resources: ingressChecks((rule, report) =>
      reportOpen(
        rule,
        () => opensAny(rule, adminPorts) !== undefined,
        (block) => `${block} lets the internet reach port ${opensAny(rule, adminPorts)}`,
        report,
      ),
    ),
  },
  {
    id: "SG2",
    policy: "sg2-disallow-open-all-ports",
    title: "Security groups do not let the internet reach all ports",
    severity: "critical",
    remedy: "name the ports and the few blocks that need them",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(e)(1)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-aws": ["6.3", "6.4"],
    },
    repeated: true,
    resources: {
      ...ingressChecks((rule, report) =>
        reportOpen(
          rule,
          () => opensAllPorts(rule),
          (block) => `${block} lets the internet reach every port`,
          report,
        ),
      ),
      ...prefixLists,
    },
  },
  {
    id: "SG3",
    policy: "sg3-disallow-open-data-ports",
    title: "Security groups do not let the internet reach databases, streams or caches",
    severity: "high",
    remedy: "name the security group of the clients as the source instead of a block",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(a)(1)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
    },
    repeated: true,
    resources: ingressChecks((rule, report) => {
      const ports = Object.keys(dataPorts).map(Number);
      reportOpen(
        rule,
        () => opensAny(rule, ports) !== undefined,
        (block) => {
          const port = opensAny(rule, ports) ?? 0;
          return `${block} lets the internet reach port ${port} (${dataPorts[port]})`;
        },
        report,
      );
    }),
  },
];
