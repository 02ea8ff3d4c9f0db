/** The custom resources and releases of the components, from their inventories. */
import * as kubernetes from "@pulumi/kubernetes";
import { OnpremCache } from "../../../components/cache/onprem.ts";
import { OnpremDatabase } from "../../../components/database/onprem.ts";
import { createEventSourcing } from "../../../components/event-sourcing/event-sourcing.ts";
import { aggregateTopics } from "../../../components/event-sourcing/plan.ts";
import { createSecrets } from "../../../components/secrets/secrets.ts";
import { createStream } from "../../../components/stream/stream.ts";
import { isBuiltIn } from "../../../simulator/schema/index.ts";
import { onpremSpec as cache } from "../../components/cache/fixture.ts";
import { onpremSpec as database } from "../../components/database/fixture.ts";
import {
  onpremSpec as eventSourcing,
  parsed,
  registryDatabase,
} from "../../components/event-sourcing/fixture.ts";
import { registered } from "../../components/node-pool/aws-fixture.ts";
import { awsArgs, eks } from "../../components/secrets/fixture.ts";
import { onpremArgs, onpremSpec as stream } from "../../components/stream/fixture.ts";
import { onpremOwnership as ownership } from "../../support/data-args.ts";
import { inventory } from "../../support/inventory.ts";

type Bag = Record<string, unknown>;

export interface CustomObject extends Bag {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The custom resources of every kind that the components register. */
export async function customObjects(): Promise<CustomObject[]> {
  return (await everything()).filter(
    (inputs): inputs is CustomObject =>
      typeof inputs.apiVersion === "string" && !isBuiltIn(inputs.apiVersion),
  );
}

/** The releases of charts that the components register. */
export async function releases(): Promise<Bag[]> {
  return (await everything()).filter(({ chart }) => chart !== undefined);
}

async function everything(): Promise<Bag[]> {
  const onprem = await inventory(() => {
    const cluster = { provider: new kubernetes.Provider("site", { kubeconfig: "apiVersion: v1" }) };
    new OnpremDatabase("database", { ownership, retain: true, spec: database, cluster });
    new OnpremCache("cache", { ownership, retain: true, spec: cache, cluster });
    const args = { ...onpremArgs(), cluster };
    const { outbox, aggregates = {} } = eventSourcing;
    const topics = {
      ...stream.topics,
      ...aggregateTopics({ aggregates: parsed(aggregates), outbox }),
    };
    createEventSourcing("events", {
      cloud: "onprem",
      ownership,
      spec: eventSourcing,
      stream: createStream("stream", { ...args, cloud: "onprem", spec: { ...stream, topics } }),
      cluster,
      databaseHost: "shop-rw.databases.svc",
      registryDatabase,
    });
  });
  const secrets = await inventory(() => createSecrets("secrets", { ...awsArgs(), cluster: eks() }));
  return [...onprem, ...secrets, ...(await registered())].map(({ inputs }) => inputs);
}
