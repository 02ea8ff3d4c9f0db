import type { Control } from "../control.ts";
import { allowsAnyone, statementsOf } from "../iam-document.ts";
import { isGiven } from "../known-values.ts";
import type { Report } from "../report.ts";
import { refuseOff } from "../switches.ts";

const queueType = "aws:sqs/queue:Queue";

export const sqsControls: readonly Control[] = [
  {
    id: "SQS1",
    policy: "sqs1-enforce-encryption",
    title: "SQS queues encrypt messages at rest",
    severity: "medium",
    remedy: "set kmsMasterKeyId to the ARN of a KMS key, or omit sqsManagedSseEnabled",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
    },
    resources: {
      [queueType]: (queue, report) => {
        if (isGiven(queue, "kmsMasterKeyId")) return;
        const path = "sqsManagedSseEnabled";
        refuseOff(path, () => queue[path], "messages are stored in plain text", report);
      },
    },
  },
  {
    id: "SQS2",
    policy: "sqs2-disallow-open-queues",
    title: "SQS queue policies do not allow wildcard principals",
    severity: "critical",
    remedy:
      "use accounts or roles as principals, or add a condition on aws:SourceArn or aws:PrincipalOrgID",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(a)(1)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
    },
    repeated: true,
    resources: {
      [queueType]: (queue, report) => report.part(() => openPolicy(queue.policy, report)),
      "aws:sqs/queuePolicy:QueuePolicy": (holder, report) => {
        report.whenKnown(
          "policy",
          () => holder.policy,
          (policy) => openPolicy(policy, report),
        );
      },
    },
  },
];

function openPolicy(policy: unknown, report: Report): void {
  for (const statement of statementsOf(policy).filter(allowsAnyone)) {
    const path = `policy.${statement.path}.Principal`;
    report.wrong(path, "*", "anyone on AWS can send or receive messages");
  }
}
