import { isIP } from "node:net";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { bytes } from "../core/units.ts";
import { serviceAgent } from "../stream/gcp-access.ts";
import type { GcpEventSourcingSpec, GcpOutbox } from "./gcp-schema.ts";
import { connectorClass, outboxConfig, tasks } from "./outbox.ts";
import { after, type TopicNames } from "./required-topics.ts";

export interface GcpOutboxStream {
  /** `projects/<project>/locations/<region>/clusters/<cluster>` */
  readonly clusterName: pulumi.Input<string>;
  readonly topicNames: TopicNames;
}

/** The database of the outbox. */
export interface GcpOutboxDatabase {
  /** The instance's private host name or address. */
  readonly host: pulumi.Input<string>;
  /** `<project>:<region>:<instance>`; logical decoding and IAM authentication must be enabled. */
  readonly connectionName: pulumi.Input<string>;
}

export interface GcpOutboxArgs extends ComponentArgs {
  readonly spec: GcpEventSourcingSpec;
  readonly outbox: GcpOutbox;
  readonly stream: GcpOutboxStream;
  readonly subnetworkId: pulumi.Input<string>;
  readonly database: GcpOutboxDatabase;
  /** Known after the topics are created. */
  readonly topics: pulumi.Output<string[]>;
}

/**
 * The roles of the service agent to connect to a Cloud SQL database. Source: "Create a Cloud SQL for PostgreSQL source
 * connector", Managed Service for Apache Kafka, 2026-08.
 */
const roles = {
  client: "roles/cloudsql.client",
  user: "roles/cloudsql.instanceUser",
} as const;

/** Google's Debezium on Managed Kafka Connect: it reads the outbox of one Cloud SQL database, with IAM authentication. */
export class GcpOutboxConnector extends BlueprintComponent {
  /** `projects/<project>/locations/<region>/connectClusters/<workers>/connectors/outbox`; undefined while the outbox is paused */
  readonly connectorName: pulumi.Output<string> | undefined;

  constructor(name: string, args: GcpOutboxArgs, opts?: pulumi.ComponentResourceOptions) {
    super("event-sourcing", "GcpOutboxConnector", name, args, {}, opts);
    const workers = this.#workers(args);
    const access = [...this.#roles(args), this.#user(args)];
    this.connectorName = args.outbox.paused ? undefined : this.#connector(args, workers, access);
    this.registerOutputs({ connectorName: this.connectorName });
  }

  #connector(
    args: GcpOutboxArgs,
    workers: gcp.managedkafka.ConnectCluster,
    access: readonly pulumi.Resource[],
  ): pulumi.Output<string> {
    const { spec, outbox, database } = args;
    const connector = new gcp.managedkafka.Connector(
      this.named("connector"),
      {
        project: spec.project,
        location: spec.region,
        connectCluster: after(args.topics, workers.connectClusterId),
        connectorId: "outbox",
        configs: {
          "connector.class": connectorClass,
          name: "outbox",
          "tasks.max": String(tasks),
          ...outboxConfig(outbox, spec.aggregates),
          "database.hostname": database.host,
          "database.port": "5432",
          "database.user": agentUser(spec),
          // The Cloud SQL connector: a token of the service agent instead of a password, and always TLS.
          "driver.socketFactory": "com.google.cloud.sql.postgres.SocketFactory",
          "driver.cloudSqlInstance": database.connectionName,
          "driver.enableIamAuth": "true",
          // The only address of the instance is its endpoint in the cell's network.
          "driver.ipTypes": "PSC",
        },
        taskRestartPolicy: { minimumBackoff: "60s", maximumBackoff: "1800s" },
        // It holds no data: its position is in Kafka, and its slot in the database.
        deletionPolicy: "DELETE",
      },
      this.child({ dependsOn: [...access] }),
    );
    return pulumi.interpolate`projects/${spec.project}/locations/${spec.region}/connectClusters/${connector.connectCluster}/connectors/${connector.connectorId}`;
  }

  #workers({ ownership, spec, outbox, stream, subnetworkId, database }: GcpOutboxArgs) {
    return new gcp.managedkafka.ConnectCluster(
      this.named(),
      {
        project: spec.project,
        location: spec.region,
        connectClusterId: nameIn(ownership, "managed-kafka", "outbox"),
        kafkaCluster: stream.clusterName,
        capacityConfig: {
          vcpuCount: String(outbox.vcpus),
          memoryBytes: String(bytes(outbox.memory)),
        },
        gcpConfig: {
          accessConfig: {
            // Workers resolve only these private DNS names of the network.
            networkConfigs: [
              {
                primarySubnet: subnetworkId,
                dnsDomainNames: pulumi
                  .output(database.host)
                  .apply((host) => (isIP(host) === 0 ? [host] : [])),
              },
            ],
          },
        },
        deletionPolicy: this.retain ? "PREVENT" : "DELETE",
      },
      this.child(),
    );
  }

  /** The service agent as a database user; its permissions are granted by SQL. */
  #user({ spec, database }: GcpOutboxArgs): pulumi.Resource {
    return new gcp.sql.User(
      this.named("user"),
      {
        project: spec.project,
        instance: instanceOf(database),
        name: agentUser(spec),
        type: "CLOUD_IAM_SERVICE_ACCOUNT",
        // PostgreSQL cannot drop a user with permissions.
        deletionPolicy: "ABANDON",
      },
      this.child(),
    );
  }

  #roles({ spec: { project, projectNumber }, database }: GcpOutboxArgs): pulumi.Resource[] {
    const instance = pulumi.interpolate`projects/${project}/instances/${instanceOf(database)}`;
    return Object.entries(roles).map(
      ([key, role]) =>
        new gcp.projects.IAMMember(
          this.named(`agent-${key}`),
          {
            project,
            role,
            member: `serviceAccount:${serviceAgent(projectNumber)}`,
            // Roles are granted on the project; the condition restricts them to one instance.
            condition: {
              title: "one-instance",
              expression: pulumi.interpolate`resource.name == "${instance}" && resource.service == "sqladmin.googleapis.com"`,
            },
          },
          this.child(),
        ),
    );
  }
}

/** The service agent's database role: the email without its suffix, because PostgreSQL limits the length. */
export function agentUser({ projectNumber }: Pick<GcpEventSourcingSpec, "projectNumber">): string {
  return serviceAgent(projectNumber).replace(/\.gserviceaccount\.com$/, "");
}

/** The instance's name, without project and region. */
function instanceOf({ connectionName }: GcpOutboxDatabase): pulumi.Output<string> {
  return pulumi
    .output(connectionName)
    .apply((connection) => connection.split(":").at(-1) ?? connection);
}
