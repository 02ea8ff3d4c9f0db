import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { bytes } from "../core/units.ts";
import type { GcpEventSourcingArgs, GcpOutboxDatabase } from "./gcp.ts";
import type { GcpEventSourcingSpec, GcpOutbox } from "./gcp-schema.ts";
import { connectorClass, outboxConfig, tasks } from "./outbox.ts";
import { after } from "./written-topics.ts";

export interface GcpOutboxArgs extends ComponentArgs {
  readonly spec: GcpEventSourcingSpec;
  readonly outbox: GcpOutbox;
  readonly stream: GcpEventSourcingArgs["stream"];
  readonly subnetworkId: pulumi.Input<string>;
  readonly database: GcpOutboxDatabase;
  /** Known once they stand. */
  readonly topics: pulumi.Output<string[]>;
}

/**
 * What the service's agent needs to read a Cloud SQL database as itself. Source: "Create a Cloud SQL for PostgreSQL source
 * connector", Managed Service for Apache Kafka, 2026-08.
 */
const roles = {
  client: "roles/cloudsql.client",
  user: "roles/cloudsql.instanceUser",
} as const;

/** Google's Debezium on Managed Kafka Connect: it reads the outbox of one Cloud SQL database, signed in with IAM. */
export class GcpOutboxConnector extends BlueprintComponent {
  /** `projects/<project>/locations/<region>/connectClusters/<workers>/connectors/outbox` */
  readonly connectorName: pulumi.Output<string>;

  constructor(name: string, args: GcpOutboxArgs, opts?: pulumi.ComponentResourceOptions) {
    super("event-sourcing", "GcpOutboxConnector", name, args, {}, opts);
    const { spec, outbox, database } = args;
    const workers = this.#workers(args);
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
          // Cloud SQL's own way in: a token of the agent's instead of a password, and TLS always.
          "driver.socketFactory": "com.google.cloud.sql.postgres.SocketFactory",
          "driver.cloudSqlInstance": database.connectionName,
          "driver.enableIamAuth": "true",
        },
        taskRestartPolicy: { minimumBackoff: "60s", maximumBackoff: "1800s" },
        deletionPolicy: this.retain ? "PREVENT" : "DELETE",
      },
      this.child({ dependsOn: this.#roles(spec) }),
    );
    this.connectorName = pulumi.interpolate`projects/${spec.project}/locations/${spec.region}/connectClusters/${connector.connectCluster}/connectors/${connector.connectorId}`;
    this.registerOutputs({ connectorName: this.connectorName });
  }

  #workers({ ownership, spec, outbox, stream, subnetworkId }: GcpOutboxArgs) {
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
        gcpConfig: { accessConfig: { networkConfigs: [{ primarySubnet: subnetworkId }] } },
        deletionPolicy: this.retain ? "PREVENT" : "DELETE",
      },
      this.child(),
    );
  }

  #roles({ project, projectNumber }: GcpEventSourcingSpec): pulumi.Resource[] {
    return Object.entries(roles).map(
      ([key, role]) =>
        new gcp.projects.IAMMember(
          this.named(`agent-${key}`),
          { project, role, member: `serviceAccount:${agent(projectNumber)}.gserviceaccount.com` },
          this.child(),
        ),
    );
  }
}

function agent(projectNumber: string): string {
  return `service-${projectNumber}@gcp-sa-managedkafka.iam`;
}

/** The agent as a role of the database: PostgreSQL has no room for the whole email. */
export function agentUser({ projectNumber }: Pick<GcpEventSourcingSpec, "projectNumber">): string {
  return agent(projectNumber);
}
