/** The custom resources that the components register, of every kind, from their inventories. */
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

export interface CustomObject extends Record<string, unknown> {
  readonly apiVersion: string;
  readonly kind: string;
}

export async function customObjects(): Promise<CustomObject[]> {
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
  return [...onprem, ...secrets, ...(await registered())]
    .map(({ inputs }) => inputs)
    .filter(
      (inputs): inputs is CustomObject =>
        typeof inputs.apiVersion === "string" && !isBuiltIn(inputs.apiVersion),
    );
}
