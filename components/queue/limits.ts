/** Limits of the services, for the schemas. */

/**
 * Sources: Amazon SQS API reference, CreateQueue and SetQueueAttributes; Amazon SQS developer guide, "Amazon SQS quotas" and
 * "Avoid large message backlogs with the same message group ID", 2026-08.
 */
export const sqsLimits = {
  retention: { min: "1 minute", max: "14 days" },
  visibilityTimeout: { max: "12 hours" },
  delay: { max: "15 minutes" },
  receiveWait: { max: "20 seconds" },
  messageSize: { min: "1 KiB", max: "1 MiB" },
  dataKeyReuse: { min: "1 minute", max: "1 day" },
  attempts: { min: 1, max: 1000 },
  /** Messages that are received and not yet deleted, per queue. */
  inFlight: { standard: 120_000, fifo: 120_000 },
} as const;

/** Sources: Pub/Sub API reference, Subscription and Topic; Pub/Sub documentation, "Pub/Sub quotas and limits", 2026-08. */
export const pubsubLimits = {
  retention: { min: "10 minutes", max: "31 days" },
  ackDeadline: { min: "10 seconds", max: "10 minutes" },
  backoff: { max: "10 minutes" },
  attempts: { min: 5, max: 100 },
  /** Topics, and subscriptions, per project. A queue has two of each. */
  topicsAndSubscriptions: 10_000,
} as const;
