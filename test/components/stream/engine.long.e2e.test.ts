// The real engine with the embedded cloud: streams are deployed, have no changes, and are destroyed in the right order. The behaviour
// of Kafka is not proven here.
import * as kubernetes from "@pulumi/kubernetes";
import { createStream } from "../../../components/stream/stream.ts";
import { comesAndGoes } from "../../support/comes-and-goes.ts";
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

/** Accounts of another project, created before the stream. */
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
    return { endpoint: stream.bootstrapServers };
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
    return { endpoint: stream.bootstrapServers };
  },
  onprem: async () => {
    const provider = new kubernetes.Provider("site", { kubeconfig: siteKubeconfig });
    const stream = createStream("stream", {
      ...onpremArgs(),
      cloud: "onprem",
      retain,
      cluster: { provider },
    });
    return { endpoint: stream.bootstrapServers };
  },
};

const bootstrap = {
  aws: /^b-1\..+:9098/,
  gcp: /^bootstrap\.prod-gcp-euw1-stream\.europe-west1\.managedkafka\.acme-prod\.cloud\.goog:9092$/,
  onprem: /^prod-onprem-sel-stream-kafka-bootstrap\.kafka\.svc:9093$/,
};

comesAndGoes(programs, bootstrap);
