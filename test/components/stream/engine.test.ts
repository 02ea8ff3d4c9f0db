// The real engine against the embedded cloud: what stands, stays, and goes in the right order. That Kafka does what it is asked
// to do is not proven here.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import { createStream } from "../../../components/stream/stream.ts";
import { rig } from "../../support/engine.ts";
import {
  awsArgs,
  awsGround,
  clients,
  gcpArgs,
  gcpGround,
  gcpSpec,
  onpremArgs,
  siteKubeconfig,
} from "./fixture.ts";

const retain = false;

/** Accounts of a neighbouring project: they are there before the stream. */
const shopClients = {
  checkout: { ...clients.checkout, principal: "checkout@acme-shop.iam.gserviceaccount.com" },
  billing: { ...clients.billing, principal: "billing@acme-shop.iam.gserviceaccount.com" },
};

const programs = {
  aws: async () => {
    const { network, keys, provider } = awsGround();
    const stream = createStream(
      "stream",
      { ...awsArgs, cloud: "aws", retain, network, keys },
      { providers: [provider] },
    );
    return { bootstrapServers: stream.bootstrapServers };
  },
  gcp: async () => {
    const { network, keys, provider } = gcpGround();
    const stream = createStream(
      "stream",
      {
        ...gcpArgs,
        cloud: "gcp",
        retain,
        network,
        keys,
        spec: { ...gcpSpec, clients: shopClients },
      },
      { providers: [provider] },
    );
    return { bootstrapServers: stream.bootstrapServers };
  },
  onprem: async () => {
    const provider = new kubernetes.Provider("site", { kubeconfig: siteKubeconfig });
    const stream = createStream("stream", {
      ...onpremArgs(),
      cloud: "onprem",
      retain,
      cluster: { provider },
    });
    return { bootstrapServers: stream.bootstrapServers };
  },
};

const bootstrap = {
  aws: /^b-1\..+:9098/,
  gcp: /^bootstrap\.prod-gcp-euw1-stream\.europe-west1\.managedkafka\.acme-prod\.cloud\.goog:9092$/,
  onprem: /^prod-onprem-sel-stream-kafka-bootstrap\.kafka\.svc:9093$/,
};

for (const cloud of ["aws", "gcp", "onprem"] as const) {
  describe(`a stream on ${cloud}`, async () => {
    const engine = await rig();
    after(() => engine.stop());

    test("comes up, stays as it is, and goes", async () => {
      const program = programs[cloud];
      const { outputs } = await engine.up(program);
      assert.match(String(outputs.bootstrapServers?.value), bootstrap[cloud]);
      assert.deepEqual((await engine.preview(program)).changes, {});
      await engine.destroy(program);
      assert.deepEqual(
        (await (await engine.stack(program)).exportStack()).deployment.resources ?? [],
        [],
      );
    });
  });
}
