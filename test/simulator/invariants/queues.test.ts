// Dead letters and keys of topics, without engine. That the services refuse exactly these cases is known from their references.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import type { Resource } from "../../../simulator/store.ts";
import type { Bag } from "../../../simulator/wire.ts";
import { type Played, playedCloud } from "../../support/played-cloud.ts";

let cloud: Played;
beforeEach(() => {
  cloud = playedCloud();
});
afterEach(() => cloud.stop());

const refused = (work: () => unknown, code: string, words: RegExp) =>
  assert.throws(work, (error: Error & { code?: string }) => {
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
    return true;
  });

const queue = (name: string, more: Bag = {}, config?: Bag) =>
  cloud.make("aws:sqs/queue:Queue", name, { name, ...more }, config);
const fifo = (name: string) => queue(name, { fifoQueue: true });
const redrive = (source: Resource, deadLetterTargetArn: unknown, maxReceiveCount = 5) =>
  cloud.make("aws:sqs/redrivePolicy:RedrivePolicy", "redrive", {
    queueUrl: source.state.url,
    redrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
  });
const allow = (target: Resource, policy: Bag) =>
  cloud.make("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "allow", {
    queueUrl: target.state.url,
    redriveAllowPolicy: JSON.stringify(policy),
  });
const byQueue = (...sources: Resource[]) => ({
  redrivePermission: "byQueue",
  sourceQueueArns: sources.map(({ state }) => state.arn),
});

describe("dead letters of SQS", () => {
  test("go to a queue that exists", () => {
    const source = queue("orders");
    const arn = "arn:aws:sqs:us-east-1:444455556666:orders-dead";
    refused(() => redrive(source, arn), "InvalidParameterValue", /does not exist: .*orders-dead/);
    const inline = {
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 5 }),
    };
    refused(() => queue("inline", inline), "InvalidParameterValue", /does not exist/);
    redrive(source, queue("orders-dead").state.arn);
  });

  test("stay in the region of their queue", () => {
    const away = queue("orders-dead", {}, { region: "eu-west-1" });
    refused(() => redrive(queue("orders"), away.state.arn), "InvalidParameterValue", /not exist/);
  });

  test("go to a queue of the same kind", () => {
    const [source, standard, ordered] = [fifo("orders.fifo"), queue("dead"), fifo("dead.fifo")];
    refused(() => redrive(source, standard.state.arn), "InvalidParameterValue", /same type/);
    redrive(source, ordered.state.arn);
    refused(() => redrive(standard, ordered.state.arn), "InvalidParameterValue", /same type/);
  });

  test("go after 1 to 1,000 receives", () => {
    const [source, target] = [queue("orders"), queue("dead").state.arn];
    for (const count of [0, 1001]) {
      refused(() => redrive(source, target, count), "InvalidParameterValue", /from 1 to 1000/);
    }
  });

  test("go to a queue that allows their source", () => {
    const [source, other, target] = [queue("orders"), queue("other"), queue("dead")];
    allow(target, byQueue(other));
    refused(() => redrive(source, target.state.arn), "InvalidParameterValue", /does not allow/);
    redrive(other, target.state.arn);
  });

  test("are allowed from listed queues, from all or from none", () => {
    const target = queue("dead");
    refused(
      () => allow(target, { redrivePermission: "byName" }),
      "InvalidParameterValue",
      /must be/,
    );
    refused(() => allow(target, byQueue()), "InvalidParameterValue", /1 to 10 queues, got 0/);
    allow(target, { redrivePermission: "denyAll" });
    refused(() => redrive(queue("a"), target.state.arn), "InvalidParameterValue", /does not allow/);
  });
});

describe("topics of Pub/Sub", () => {
  const key = () => {
    const ring = cloud.make("gcp:kms/keyRing:KeyRing", "r", {
      name: "r",
      location: "europe-west1",
    });
    return cloud.make("gcp:kms/cryptoKey:CryptoKey", "k", { name: "k", keyRing: ring.id }).id;
  };
  const grant = (cryptoKeyId: string, agent: string) =>
    cloud.make("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", agent, {
      cryptoKeyId,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: `serviceAccount:service-1@${agent}.iam.gserviceaccount.com`,
    });
  const topic = (kmsKeyName: string) =>
    cloud.make("gcp:pubsub/topic:Topic", "orders", { name: "orders", kmsKeyName });

  test("require a key that the service agent can use", () => {
    const id = key();
    refused(() => topic(id), "failedPrecondition", /permissions/);
    grant(id, "gcp-sa-cloud-sql");
    refused(() => topic(id), "failedPrecondition", /permissions/);
    grant(id, "gcp-sa-pubsub");
    topic(id);
  });

  test("must exist before their subscriptions", () => {
    const subscribe = () =>
      cloud.make("gcp:pubsub/subscription:Subscription", "s", { name: "orders", topic: "orders" });
    refused(subscribe, "notFound", /'orders' was not found/);
    cloud.make("gcp:pubsub/topic:Topic", "orders", { name: "orders" });
    subscribe();
  });
});
