import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";

export interface GcpKeyAgentsArgs extends ComponentArgs {
  readonly project: string;
}

/** Services whose agents come to be when they are asked for, by the purpose of the key that they use. */
const services = {
  streams: "managedkafka.googleapis.com",
  databases: "sqladmin.googleapis.com",
  caches: "memorystore.googleapis.com",
} as const;

/**
 * The service agents of a project that use keys and are there once somebody asks. One a project, beside its keys: were each cell
 * to ask for its own and grant it, the first of two cells of a project to go would take the other's grant away.
 */
export class GcpKeyAgents extends BlueprintComponent {
  /** `serviceAccount:service-<number>@...`, by the purpose of the key. */
  readonly members: Readonly<Record<keyof typeof services, pulumi.Output<string>>>;

  constructor(name: string, args: GcpKeyAgentsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { project } = args;
    super("keys", "GcpKeyAgents", name, args, { project }, opts);
    const memberOf = (purpose: keyof typeof services) =>
      new gcp.projects.ServiceIdentity(
        this.named(purpose),
        { project, service: services[purpose] },
        this.child(),
      ).member;
    this.members = {
      streams: memberOf("streams"),
      databases: memberOf("databases"),
      caches: memberOf("caches"),
    };
    this.registerOutputs({ members: this.members });
  }
}
