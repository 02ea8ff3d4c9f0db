// The real engine against the embedded cloud, with the stream that the topics are in. Does not prove that Debezium reads the
// outbox.
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import * as kubernetes from "@pulumi/kubernetes";
import { createEventSourcing } from "../../../components/event-sourcing/event-sourcing.ts";
import { aggregateTopics } from "../../../components/event-sourcing/plan.ts";
import { createStream } from "../../../components/stream/stream.ts";
import { comesAndGoes } from "../../support/comes-and-goes.ts";
import * as streams from "../stream/fixture.ts";
import { awsSpec, gcpSpec, onpremSpec, parsed, registryDatabase } from "./fixture.ts";

const retain = false;
const topics = (spec: {
  aggregates?: Parameters<typeof parsed>[0] | undefined;
  outbox?: unknown;
}) => aggregateTopics({ aggregates: parsed(spec.aggregates ?? {}), outbox: spec.outbox });

const programs = {
  aws: async () => {
    const { network, keys, provider } = streams.awsGround();
    const { ownership } = streams.awsArgs;
    const opts = { providers: [provider] };
    const stream = createStream(
      "stream",
      {
        cloud: "aws",
        ownership,
        retain,
        network,
        keys,
        spec: { ...streams.awsSpec, topics: topics(awsSpec), clients: {} },
      },
      opts,
    );
    const inAccount = { provider };
    const group = (name: string) =>
      new aws.ec2.SecurityGroup(name, { vpcId: network.vpcId, name }, inAccount).id;
    new aws.s3.Bucket("plugins", { bucket: "prod-plugins" }, inAccount);
    const secret = new aws.secretsmanager.Secret("outbox-password", { name: "outbox" }, inAccount);
    const events = createEventSourcing(
      "events",
      {
        cloud: "aws",
        ownership,
        retain,
        spec: awsSpec,
        stream,
        network: { ...network, endpointSecurityGroupId: group("endpoints") },
        database: {
          host: "db.cluster-abc.us-east-1.rds.amazonaws.com",
          securityGroupId: group("database"),
          secretArn: secret.arn,
          secretKeyArn: keys.data,
        },
        logsKeyArn: keys.logs,
      },
      opts,
    );
    return { endpoint: events.connector?.connectorArn };
  },
  gcp: async () => {
    const { network, keys, provider } = streams.gcpGround();
    const { ownership } = streams.gcpArgs;
    const opts = { providers: [provider] };
    const stream = createStream(
      "stream",
      {
        cloud: "gcp",
        ownership,
        retain,
        network,
        keys,
        spec: { ...streams.gcpSpec, topics: topics(gcpSpec), clients: {} },
      },
      opts,
    );
    const instance = new gcp.sql.DatabaseInstance(
      "database",
      {
        name: "shop",
        region: "europe-west1",
        databaseVersion: "POSTGRES_17",
        deletionProtection: false,
        settings: { tier: "db-custom-2-7680", edition: "ENTERPRISE" },
      },
      { provider },
    );
    const site = new kubernetes.Provider("site", { kubeconfig: streams.siteKubeconfig });
    const events = createEventSourcing(
      "events",
      {
        cloud: "gcp",
        ownership,
        retain,
        spec: gcpSpec,
        stream,
        network,
        database: { host: "10.40.0.9", connectionName: instance.connectionName },
        cluster: { provider: site },
        registryDatabase,
      },
      opts,
    );
    return { endpoint: events.connector?.connectorName };
  },
  onprem: async () => {
    const provider = new kubernetes.Provider("site", { kubeconfig: streams.siteKubeconfig });
    const { ownership } = streams.onpremArgs();
    const cluster = { provider };
    const stream = createStream("stream", {
      cloud: "onprem",
      ownership,
      retain,
      cluster,
      spec: { ...streams.onpremSpec, topics: topics(onpremSpec), clients: {} },
    });
    const events = createEventSourcing("events", {
      cloud: "onprem",
      ownership,
      retain,
      spec: onpremSpec,
      stream,
      cluster,
      databaseHost: "shop-rw.databases.svc",
      registryDatabase,
    });
    return { endpoint: events.registryUrl };
  },
};

const made = {
  aws: /^arn:aws:kafkaconnect:us-east-1:\d{12}:connector\/prod-aws-use1-outbox\//,
  gcp: /^projects\/acme-prod\/locations\/europe-west1\/connectClusters\/prod-gcp-euw1-outbox\/connectors\/outbox$/,
  onprem: /^http:\/\/apicurio-registry\.schema-registry\.svc:8080\/apis\/ccompat\/v7$/,
};

comesAndGoes(programs, made);
