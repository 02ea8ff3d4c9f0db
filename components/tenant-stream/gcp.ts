import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import { topicConfig } from "../stream/topics.ts";
import type { TenantStream } from "./contract.ts";
import { accountAcls } from "./gcp-access.ts";
import { groupsOf, ownNames } from "./names.ts";
import { type GcpTenantStreamSpec, gcpTenantStreamSpec } from "./schema.ts";

export interface GcpTenantStreamArgs extends ComponentArgs {
  /** What the tier and the tenant say about its stream; see schema.ts. */
  readonly spec: z.input<typeof gcpTenantStreamSpec>;
  /** The stream of the cell, or of the tenant's own. */
  readonly stream: {
    /** The short name of the Kafka cluster. */
    readonly clusterId: pulumi.Input<string>;
    readonly bootstrapServers: pulumi.Input<string>;
  };
}

/**
 * The topics and ACLs of a tenant on a Managed Kafka cluster. Every ACL is for a name or a prefix of the tenant, so that no two tenants
 * have one ACL in common. The accounts of its services are created by its identities.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpTenantStream extends BlueprintComponent implements TenantStream {
  readonly spec: GcpTenantStreamSpec;
  readonly bootstrapServers: pulumi.Output<string>;
  readonly topicNames: TenantStream["topicNames"];
  readonly groups: TenantStream["groups"];

  constructor(name: string, args: GcpTenantStreamArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpTenantStreamSpec, args.spec, name);
    super("tenant-stream", "GcpTenantStream", name, args, { spec }, opts);
    this.spec = spec;
    this.bootstrapServers = pulumi.output(args.stream.bootstrapServers);
    this.topicNames = this.#topics(args);
    this.groups = groupsOf(spec);
    this.#acls(args);
    this.registerOutputs({ topicNames: this.topicNames });
  }

  #topics({ stream }: GcpTenantStreamArgs): TenantStream["topicNames"] {
    const { project, region } = this.spec;
    return ownNames(this.spec, (topicId, topic) => {
      const made = new gcp.managedkafka.Topic(
        this.named(`topic-${topicId}`),
        {
          project,
          location: region,
          cluster: stream.clusterId,
          topicId,
          partitionCount: topic.partitions,
          replicationFactor: topic.replicationFactor,
          configs: topicConfig(topic),
          deletionPolicy: this.retain ? "PREVENT" : "DELETE",
        },
        this.stateful(),
      );
      return made.topicId;
    });
  }

  /** IAM lets the accounts connect, as `connecting` says. ACLs authorize what they do. */
  #acls({ stream }: GcpTenantStreamArgs): void {
    const { project, region, clients, accounts } = this.spec;
    for (const [aclId, entries] of Object.entries(accountAcls(clients, accounts))) {
      new gcp.managedkafka.Acl(
        this.named(`acl-${aclId.replace("/", "-")}`),
        {
          project,
          location: region,
          cluster: stream.clusterId,
          aclId,
          aclEntries: entries.map(({ principal, operation }) => ({
            principal,
            operation,
            permissionType: "ALLOW",
            // The only supported value. The network controls access.
            host: "*",
          })),
        },
        this.child(),
      );
    }
  }
}
