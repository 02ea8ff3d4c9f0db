// The real engine with the embedded cloud: queues are deployed, previewed without changes and destroyed on each cloud. Whether a real
// cloud accepts them is not proven here.
import * as gcp from "@pulumi/gcp";
import { pubsubAgent } from "../../../components/queue/gcp-queue.ts";
import { createQueues } from "../../../components/queue/queue.ts";
import { comesAndGoes } from "../../support/comes-and-goes.ts";
import { awsGround, gcpGround } from "../../support/grounds.ts";
import { awsArgs, awsSpec, gcpArgs, gcpSpec } from "./fixture.ts";

const programs = {
  aws: async () => {
    const { provider, keys } = awsGround();
    const queues = { orders: {}, mails: { type: "fifo", fifo: { highThroughput: true } } } as const;
    const made = createQueues(
      "queues",
      { ...awsArgs, cloud: "aws", retain: false, keys, spec: { ...awsSpec, queues } },
      { providers: { aws: provider } },
    );
    return { endpoint: made.queues.mails?.deadLetters };
  },
  gcp: async () => {
    const { provider, keys } = gcpGround(gcpSpec);
    // Pub/Sub refuses a topic with a key that its service agent cannot use.
    const use = new gcp.kms.CryptoKeyIAMMember(
      "agent",
      {
        cryptoKeyId: keys.data,
        role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
        member: pubsubAgent(gcpSpec.projectNumber),
      },
      { provider },
    );
    const queues = { orders: {}, mails: { type: "fifo", exactlyOnce: true } } as const;
    const made = createQueues(
      "queues",
      { ...gcpArgs, cloud: "gcp", retain: false, keys, spec: { ...gcpSpec, queues } },
      { providers: { gcp: provider }, dependsOn: use },
    );
    return { endpoint: made.queues.mails?.deadLetters };
  },
} as const;

comesAndGoes(programs, {
  aws: /^https:\/\/sqs\.us-east-1\.amazonaws\.com\/\d{12}\/prod-aws-use1-queue-mails-dead-letters\.fifo$/,
  gcp: /^projects\/acme-prod\/subscriptions\/prod-gcp-euw1-queue-mails-dead-letters$/,
});
