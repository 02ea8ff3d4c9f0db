/**
 * Components that no sample cell has meet all controls: in a first preview, with as many unknown values as possible, and as a stack
 * after the update. Ids come from mocks, so values that the clouds compute are not covered.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AwsCache } from "../../components/cache/aws.ts";
import { AwsDatabase } from "../../components/database/aws.ts";
import { GcpDatabase } from "../../components/database/gcp.ts";
import { createQueues } from "../../components/queue/queue.ts";
import { createSecrets } from "../../components/secrets/secrets.ts";
import { createStream } from "../../components/stream/stream.ts";
import { controls } from "../../policies/catalogue.ts";
import type { ResourceType } from "../../policies/types.ts";
import * as audit from "../components/audit/fixture.ts";
import * as cache from "../components/cache/fixture.ts";
import * as database from "../components/database/fixture.ts";
import * as store from "../components/object-store/fixture.ts";
import * as queue from "../components/queue/fixture.ts";
import * as secrets from "../components/secrets/fixture.ts";
import * as stream from "../components/stream/fixture.ts";
import { inventory, type Registered } from "../support/inventory.ts";
import { mockOutputs } from "../support/mock-cloud.ts";
import { type Given, judge, judgeStack } from "./judge.ts";

const retain = true;
const builds: Readonly<Record<string, () => unknown>> = {
  "a database on AWS": () => new AwsDatabase("database", { ...database.awsArgs, retain }),
  "a database on Google Cloud": () => new GcpDatabase("database", { ...database.gcpArgs, retain }),
  "a stream on AWS": () => createStream("stream", { ...stream.awsArgs, cloud: "aws", retain }),
  "a stream on Google Cloud": () =>
    createStream("stream", { ...stream.gcpArgs, cloud: "gcp", retain }),
  "a cache on AWS": () => new AwsCache("cache", { ...cache.awsArgs, retain }),
  "queues on AWS": () => createQueues("queues", { ...queue.awsArgs, cloud: "aws", retain }),
  "queues on Google Cloud": () =>
    createQueues("queues", { ...queue.gcpArgs, cloud: "gcp", retain }),
  "buckets on AWS": () => store.awsStore({}, { retain }),
  "buckets on Google Cloud": () => store.gcpStore({}, { retain }),
  "an audit trail on AWS": () => audit.awsAudit(),
  "an audit trail on Google Cloud": () => audit.gcpAudit(),
  "secrets on AWS": () => createSecrets("secrets", { ...secrets.awsArgs(), retain }),
  "secrets on Google Cloud": () => createSecrets("secrets", { ...secrets.gcpArgs(), retain }),
};

const judged = new Set(controls.flatMap(({ resources }) => Object.keys(resources ?? {})));

function given({ type, name, inputs }: Registered, index: number): Given {
  const { id, state } = mockOutputs(type, name, inputs);
  // The names are those of one stack with all kinds of components.
  return {
    type: type as ResourceType,
    name: `${name}-${index}`,
    props: { ...state, ...inputs, id },
  };
}

for (const [what, build] of Object.entries(builds)) {
  describe(what, () => {
    test("violates no control in its first preview", async () => {
      const registered = await inventory(build, { preview: true });
      const resources = registered
        .filter(({ type }) => judged.has(type))
        .map(
          ({ type, name, inputs }): Given => ({ type: type as ResourceType, name, props: inputs }),
        );
      assert.deepEqual(await judge(resources), []);
    });

    test("violates no control as a stack", async () => {
      const registered = await inventory(build);
      const resources = registered.filter(({ custom }) => custom).map(given);
      assert.ok(resources.length > 0);
      assert.deepEqual(await judgeStack(resources), []);
    });
  });
}

for (const [control, without] of [
  ["RDS4", "aws:rds/clusterInstance:ClusterInstance"],
  ["S31", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"],
  ["S33", "aws:s3/bucketVersioning:BucketVersioning"],
  ["S34", "aws:s3/bucketPolicy:BucketPolicy"],
  ["S37", "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"],
] as const) {
  test(`a stack of such components violates only ${control} without its ${without}`, async () => {
    const build = builds[control === "RDS4" ? "a database on AWS" : "an audit trail on AWS"];
    const registered = await inventory(build ?? assert.fail());
    const rest = registered.filter(({ custom, type }) => custom && type !== without);
    const verdicts = await judgeStack(rest.map(given));
    assert.deepEqual([...new Set(verdicts.map((verdict) => verdict.control))], [control]);
  });
}
