/** What changes of queues' settings do to deployed queues. */
import { type Changes, entriesOf, inPlace, losesBelow, replaces } from "../section/changes.ts";

const common: Changes = {
  ...entriesOf("the queue with its messages", "queues"),
  ...replaces("the messages of the queue", "queues.*.type"),
  ...losesBelow("messages that are older", "queues.*.retention", "queues.*.deadLetters.retention"),
  ...inPlace(
    "queues.*.deadLetters.attempts",
    "queues.*.exactlyOnce",
    "queues.*.delay",
    "queues.*.maxMessageSize",
  ),
};

export const queueChanges = {
  aws: {
    ...common,
    ...inPlace(
      "queues.*.visibilityTimeout",
      "queues.*.receiveWait",
      "queues.*.fifo",
      "dataKeyReuse",
    ),
  },
  gcp: { ...common, ...inPlace("queues.*.ackDeadline", "queues.*.retry") },
} as const satisfies Readonly<Record<string, Changes>>;
