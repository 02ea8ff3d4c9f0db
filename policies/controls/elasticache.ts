import type { Control } from "../control.ts";
import { isGiven } from "../knowns.ts";
import { requireOn } from "../switches.ts";

const group = "aws:elasticache/replicationGroup:ReplicationGroup";

export const elasticacheControls: readonly Control[] = [
  {
    id: "EC1",
    policy: "ec1-enforce-tls",
    title: "Caches take connections over TLS only",
    severity: "medium",
    remedy: 'set transitEncryptionEnabled to true and leave transitEncryptionMode "required"',
    requirements: {
      soc2: ["CC6.7"],
      "pci-dss-4": ["4.2.1"],
      hipaa: ["164.312(e)(1)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
    },
    resources: {
      [group]: (cache, report) => {
        const plain = "keys and values cross the network in plain text";
        requireOn("transitEncryptionEnabled", () => cache.transitEncryptionEnabled, plain, report);
        report.part(() => {
          const mode = cache.transitEncryptionMode;
          if (mode === "preferred") {
            report.wrong("transitEncryptionMode", mode, "clients may come in plain text");
          }
        });
      },
    },
  },
  {
    id: "EC2",
    policy: "ec2-enable-storage-encryption",
    title: "Caches encrypt what they write to disk",
    severity: "medium",
    remedy: "set atRestEncryptionEnabled to true, with kmsKeyId for a key of your own",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
    },
    resources: {
      [group]: (cache, report) => {
        const path = "atRestEncryptionEnabled";
        // Valkey encrypts unless told not to; Redis the other way round.
        const encrypted = () => cache[path] ?? (cache.engine === "valkey" || undefined);
        requireOn(path, encrypted, "snapshots and replication files are readable", report);
      },
    },
  },
  {
    id: "EC3",
    policy: "ec3-missing-authentication",
    title: "Caches know who their clients are",
    severity: "medium",
    remedy: "set userGroupIds to a group of users, or for old engines authToken",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["7.2.1"],
      hipaa: ["164.312(d)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
    },
    resources: {
      [group]: (cache, report) => {
        const ways = ["userGroupIds", "authToken", "authTokenWo"] as const;
        if (ways.some((way) => isGiven(cache, way))) return;
        report.lacking("userGroupIds", "is not given: whoever reaches the cache is let in");
      },
    },
  },
  {
    id: "EC4",
    policy: "ec4-enable-failover",
    title: "Caches stand in more than one zone and fail over by themselves",
    severity: "medium",
    remedy: "set automaticFailoverEnabled and multiAzEnabled to true",
    requirements: { soc2: ["A1.2"], hipaa: ["164.308(a)(7)(i)"] },
    resources: {
      [group]: (cache, report) => {
        for (const path of ["automaticFailoverEnabled", "multiAzEnabled"] as const) {
          requireOn(path, () => cache[path], "the cache is down when its zone is", report);
        }
      },
    },
  },
  {
    id: "EC5",
    policy: "ec5-enable-snapshots",
    title: "Caches take daily snapshots",
    severity: "high",
    remedy: "set snapshotRetentionLimit to the days that snapshots are kept, one or more",
    requirements: {
      soc2: ["A1.2", "CC7.4"],
      "pci-dss-4": ["10.3.3"],
      hipaa: ["164.308(a)(7)(ii)(A)"],
    },
    resources: {
      [group]: ({ snapshotRetentionLimit: days }, report) => {
        const path = "snapshotRetentionLimit";
        if (days === undefined) report.lacking(path, "is not given: no snapshot is taken");
        else if (days < 1) report.wrong(path, days, "no snapshot is taken");
      },
    },
  },
];
