/** Rules of SQS for dead-letter queues, and of Pub/Sub for keys of topics. */
import { CloudError } from "../errors.ts";
import { scopesOf } from "../references/index.ts";
import type { Resource, Store } from "../store.ts";
import { type Bag, isBag } from "../wire.ts";
import type { Change, Invariant } from "./invariant.ts";

const queueType = "aws:sqs/queue:Queue";
const allowType = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy";

/** Source: Amazon SQS API reference, SetQueueAttributes, RedrivePolicy. */
const mostReceives = 1000;
/** Source: the same, RedriveAllowPolicy. */
const mostSources = 10;

/** @throws CloudError when the dead-letter target in a queue's inline policy is invalid. */
export const queueRedrive: Invariant = (change) => {
  redrive(change, change.inputs.redrivePolicy, change.state);
  redriveAllow(change.inputs.redriveAllowPolicy);
};

/** @throws CloudError when the dead-letter target in a queue's policy is invalid. */
export const redrivePolicy: Invariant = (change) => {
  const queue = change.references.find(({ property }) => property === "queueUrl")?.target;
  redrive(change, change.inputs.redrivePolicy, queue?.state ?? {});
};

/** @throws CloudError when a policy has neither source queues nor allows or denies all. */
export const redriveAllowPolicy: Invariant = ({ inputs }) =>
  redriveAllow(inputs.redriveAllowPolicy);

function redrive({ store, place }: Change, policy: unknown, source: Bag): void {
  const { deadLetterTargetArn: arn, maxReceiveCount: count } = parsed(policy) ?? {};
  if (arn === undefined && count === undefined) return;
  if (!(Number(count) >= 1 && Number(count) <= mostReceives)) {
    throw invalid(
      "RedrivePolicy",
      `Invalid value for maxReceiveCount: ${count}, valid values are from 1 to ${mostReceives} both inclusive.`,
    );
  }
  const target = store.byHandle(scopesOf(place), [String(arn)]);
  if (target?.type !== queueType || target.place !== place.key) {
    throw invalid("RedrivePolicy", `Dead letter target does not exist: ${arn}.`);
  }
  if ((target.state.fifoQueue === true) !== (source.fifoQueue === true)) {
    throw invalid(
      "RedrivePolicy",
      "Dead-letter queue must be same type of queue as the source: both FIFO or both standard.",
    );
  }
  if (!lets(store, target, String(source.arn))) {
    throw invalid(
      "RedrivePolicy",
      `Queue ${target.id} does not allow ${source.arn} to send dead letters.`,
    );
  }
}

function redriveAllow(policy: unknown): void {
  const allow = parsed(policy);
  if (allow === undefined) return;
  const { redrivePermission: permission, sourceQueueArns: sources } = allow;
  if (permission !== "byQueue") {
    if (["allowAll", "denyAll"].includes(String(permission)) && sources === undefined) return;
    throw invalid("RedriveAllowPolicy", "redrivePermission must be allowAll, denyAll or byQueue.");
  }
  const count = Array.isArray(sources) ? sources.length : 0;
  if (count >= 1 && count <= mostSources) return;
  throw invalid(
    "RedriveAllowPolicy",
    `sourceQueueArns must have 1 to ${mostSources} queues, got ${count}.`,
  );
}

/** Whether a dead-letter queue accepts messages of this source. Without a policy it accepts all. */
function lets(store: Store, target: Resource, source: string): boolean {
  const policies = [
    target.state.redriveAllowPolicy,
    ...store
      .referrers(target.key, allowType)
      .map(({ resource }) => resource.state.redriveAllowPolicy),
  ];
  return policies.every((policy) => {
    const allow = parsed(policy);
    if (allow?.redrivePermission !== "byQueue") return allow?.redrivePermission !== "denyAll";
    return Array.isArray(allow.sourceQueueArns) && allow.sourceQueueArns.includes(source);
  });
}

function parsed(policy: unknown): Bag | undefined {
  if (typeof policy !== "string" || policy === "") return undefined;
  const value: unknown = JSON.parse(policy);
  return isBag(value) ? value : undefined;
}

function invalid(parameter: string, reason: string): CloudError {
  return new CloudError(
    "InvalidParameterValue",
    `Value for parameter ${parameter} is invalid. Reason: ${reason}`,
  );
}

const agent = "@gcp-sa-pubsub.iam.gserviceaccount.com";

/** Grants of roles, on a key, its ring or the whole project. */
const grants = /^gcp:(?:kms|projects)\/\w*IAM(?:Member|Binding):/i;

const projectGrants = ["gcp:projects/iAMBinding:IAMBinding", "gcp:projects/iAMMember:IAMMember"];

/** @throws CloudError when the project's Pub/Sub agent cannot use the key of a topic. */
export const topicKey: Invariant = ({ store, place, inputs, previous, references }) => {
  if (previous?.state.kmsKeyName === inputs.kmsKeyName) return;
  const key = references.find(({ property }) => property === "kmsKeyName")?.target;
  if (key === undefined) return;
  const onKey = [key, ...store.targets(key.key)].flatMap(({ key: target }) =>
    store.referrers(target).map(({ resource }) => resource),
  );
  const onProject = projectGrants.flatMap((type) => store.ofType(type, place.key));
  if ([...onKey, ...onProject].some(letsAgentUse)) return;
  throw new CloudError(
    "failedPrecondition",
    `Cloud Pub/Sub did not have the necessary permissions configured to support this operation. Please verify that the service account service-<project number>${agent} was granted the Cloud KMS CryptoKey Encrypter/Decrypter role for the project containing the CryptoKey resource ${inputs.kmsKeyName}`,
  );
};

function letsAgentUse({ type, state }: Resource): boolean {
  if (!grants.test(type) || !String(state.role).startsWith("roles/cloudkms.")) return false;
  const members = [state.member, ...(Array.isArray(state.members) ? state.members : [])];
  return members.some((member) => String(member).endsWith(agent));
}
