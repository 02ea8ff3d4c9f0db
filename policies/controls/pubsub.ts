import type { Control } from "../control.ts";
import { refusePublicMember, refusePublicMembers } from "../gcp-members.ts";
import { isGiven } from "../known-values.ts";
import { unknownFromNowhere } from "../origins.ts";

const subscriptionBinding = "gcp:pubsub/subscriptionIAMBinding:SubscriptionIAMBinding";
const subscriptionMember = "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember";
const topicBinding = "gcp:pubsub/topicIAMBinding:TopicIAMBinding";
const topicMember = "gcp:pubsub/topicIAMMember:TopicIAMMember";

export const pubsubControls: readonly Control[] = [
  {
    id: "PS1",
    policy: "ps1-disallow-public-topics",
    title: "Pub/Sub topics and subscriptions are not public",
    severity: "critical",
    remedy: "use users, groups or service accounts as members",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(a)(1)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
    },
    repeated: true,
    resources: {
      [subscriptionBinding]: refusePublicMembers,
      [subscriptionMember]: refusePublicMember,
      [topicBinding]: refusePublicMembers,
      [topicMember]: refusePublicMember,
    },
    stack: unknownFromNowhere({
      [subscriptionBinding]: "members",
      [subscriptionMember]: "member",
      [topicBinding]: "members",
      [topicMember]: "member",
    }),
  },
  {
    id: "PS2",
    policy: "ps2-missing-customer-key",
    title: "Pub/Sub messages are encrypted with a customer-managed key",
    severity: "medium",
    remedy: "set kmsKeyName to the name of a Cloud KMS key that Pub/Sub's service agent can use",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
    },
    resources: {
      "gcp:pubsub/topic:Topic": (topic, report) => {
        if (isGiven(topic, "kmsKeyName")) return;
        report.lacking("kmsKeyName", "is not set: Google controls the key");
      },
    },
  },
];
