import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { ownGrant } from "../core/own-grant.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { bytes, gibibytes } from "../core/units.ts";
import { clientAccountParts } from "./client-accounts.ts";
import type { StreamContract } from "./contract.ts";
import { clientAcls, serviceAgent } from "./gcp-access.ts";
import { type GcpStreamSpec, gcpBrokers, gcpStreamSpec } from "./gcp-schema.ts";
import { topicConfig } from "./topics.ts";

export interface GcpStreamArgs extends ComponentArgs {
  /** `stream` of the cell's manifest with cloud, project, projectNumber and region. */
  readonly spec: z.input<typeof gcpStreamSpec>;
  readonly network: {
    /** `projects/<project>/regions/<region>/subnetworks/<subnetwork>`; the brokers' addresses are in it. */
    readonly subnetworkId: pulumi.Input<string>;
  };
  readonly keys: {
    /** Id of the key in the region that encrypts records. The service agent must be allowed to use it. */
    readonly data: pulumi.Input<string>;
  };
}

/**
 * A cluster of Managed Service for Apache Kafka with a customer-managed key. Clients authenticate as service accounts over TLS; ACLs
 * authorize them, and deny everything else.
 *
 * @example
 * const stream = new GcpStream("stream", { spec, ownership, network, keys });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpStream extends BlueprintComponent implements StreamContract {
  readonly cloud = "gcp";
  readonly spec: GcpStreamSpec;
  readonly bootstrapServers: pulumi.Output<string>;
  readonly topicNames: Readonly<Record<string, pulumi.Output<string>>>;
  readonly brokers: number;
  /** The short name. */
  readonly clusterId: pulumi.Output<string>;
  /** Email of each client's account, by key. Known when it can connect. */
  readonly clientAccounts: Readonly<Record<string, pulumi.Output<string>>>;
  /** `projects/<project>/locations/<region>/clusters/<cluster>` */
  readonly clusterName: pulumi.Output<string>;

  constructor(name: string, args: GcpStreamArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpStreamSpec, args.spec, `stream "${name}"`);
    super("stream", "GcpStream", name, args, { spec }, opts);
    this.spec = spec;
    this.brokers = gcpBrokers(spec);
    const cluster = this.#cluster(args);

    this.clusterId = cluster.clusterId;
    this.clusterName = pulumi.interpolate`projects/${spec.project}/locations/${spec.region}/clusters/${cluster.clusterId}`;
    this.bootstrapServers = pulumi.interpolate`bootstrap.${cluster.clusterId}.${spec.region}.managedkafka.${spec.project}.cloud.goog:9092`;
    this.topicNames = this.#topics(cluster);
    this.clientAccounts = this.#access(args, cluster);
    this.registerOutputs({
      clusterName: this.clusterName,
      bootstrapServers: this.bootstrapServers,
      topicNames: this.topicNames,
    });
  }

  #cluster(args: GcpStreamArgs): gcp.managedkafka.Cluster {
    const { spec } = this;
    const planned: gcp.managedkafka.ClusterArgs = {
      project: spec.project,
      location: spec.region,
      clusterId: nameIn(args.ownership, "managed-kafka", this.named()),
      capacityConfig: {
        vcpuCount: String(spec.vcpus),
        memoryBytes: String(bytes(spec.memory)),
      },
      ...(spec.brokerDisk === undefined
        ? {}
        : { brokerCapacityConfig: { diskSizeGib: String(gibibytes(spec.brokerDisk)) } }),
      gcpConfig: {
        accessConfig: { networkConfigs: [{ subnet: args.network.subnetworkId }] },
        kmsKey: args.keys.data,
      },
      rebalanceConfig: { mode: spec.rebalance ? "AUTO_REBALANCE_ON_SCALE_UP" : "NO_REBALANCE" },
      deletionPolicy: this.#deletionPolicy(),
    };
    return new gcp.managedkafka.Cluster(this.named(), planned, this.stateful());
  }

  #topics(cluster: gcp.managedkafka.Cluster): Record<string, pulumi.Output<string>> {
    const { project, region, topics } = this.spec;
    return Object.fromEntries(
      Object.entries(topics).map(([name, topic]) => {
        const made = new gcp.managedkafka.Topic(
          this.named(`topic-${name}`),
          {
            project,
            location: region,
            cluster: cluster.clusterId,
            topicId: name,
            partitionCount: topic.partitions,
            replicationFactor: topic.replicationFactor,
            configs: topicConfig(topic),
            deletionPolicy: this.#deletionPolicy(),
          },
          this.stateful(),
        );
        return [name, made.topicId];
      }),
    );
  }

  /** The IAM role for connections. ACLs authorize operations. */
  #access(
    { ownership }: GcpStreamArgs,
    cluster: gcp.managedkafka.Cluster,
  ): Record<string, pulumi.Output<string>> {
    const { project, projectNumber, region, clients } = this.spec;
    // Kafka Connect workers use the service agent, which the ACLs on all resources would otherwise deny.
    const administrators = [...this.spec.administrators, serviceAgent(projectNumber)];
    const accountParts = clientAccountParts(this.named());
    const emails: Record<string, string> = {};
    const accounts: Record<string, pulumi.Output<string>> = {};
    const connecting: pulumi.Resource[] = [];
    for (const [key, { principal }] of Object.entries(clients)) {
      const accountId = nameIn(ownership, "gcp-service-account", ...accountParts, key);
      const email = principal ?? `${accountId}@${project}.iam.gserviceaccount.com`;
      const account = principal === undefined ? this.#account(key, accountId) : undefined;
      const role = new gcp.projects.IAMMember(
        this.named(`client-${key}-connect`),
        {
          project,
          role: "roles/managedkafka.client",
          member: account?.member ?? member(email),
          // Other cells of the project may have clients with this account.
          ...(principal === undefined ? {} : { condition: ownGrant(ownership, key) }),
        },
        this.child(),
      );
      emails[key] = email;
      connecting.push(role);
      accounts[key] = role.id.apply(() => email);
    }
    for (const [aclId, entries] of Object.entries(clientAcls(clients, emails, administrators))) {
      new gcp.managedkafka.Acl(
        this.named(`acl-${aclId.replace("/", "-")}`),
        {
          project,
          location: region,
          cluster: cluster.clusterId,
          aclId,
          aclEntries: entries.map(({ principal, operation }) => ({
            principal,
            operation,
            permissionType: "ALLOW",
            // The only supported value. The network controls access.
            host: "*",
          })),
        },
        this.child({ dependsOn: connecting }),
      );
    }
    return accounts;
  }

  #account(key: string, accountId: string): gcp.serviceaccount.Account {
    return new gcp.serviceaccount.Account(
      this.named(`client-${key}`),
      { project: this.spec.project, accountId, displayName: `Kafka client ${key}` },
      this.child(),
    );
  }

  #deletionPolicy(): "PREVENT" | "DELETE" {
    return this.retain ? "PREVENT" : "DELETE";
  }
}

function member(email: string): string {
  return email.endsWith(".gserviceaccount.com") ? `serviceAccount:${email}` : `user:${email}`;
}
