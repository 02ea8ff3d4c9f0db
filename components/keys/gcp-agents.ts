import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { KeyPurpose } from "../section/key.ts";
import { type Purpose, serviceKeys } from "./schema.ts";

export interface GcpKeyAgentsArgs extends ComponentArgs {
  readonly project: string;
}

/**
 * The service agents of a project that use keys and are created on request. One per project: if each cell requested and granted
 * them, destroying one cell would remove the grants of the others.
 */
export class GcpKeyAgents extends BlueprintComponent {
  /** `serviceAccount:service-<number>@...`, by purpose of the key. */
  readonly members: Readonly<Partial<Record<Purpose, pulumi.Output<string>>>>;

  constructor(name: string, args: GcpKeyAgentsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { project } = args;
    super("keys", "GcpKeyAgents", name, args, { project }, opts);
    const keys: readonly KeyPurpose[] = serviceKeys;
    const asked = keys.flatMap(({ purpose, gcpService: service }) =>
      service === undefined ? [] : [{ purpose, service }],
    );
    this.members = Object.fromEntries(
      asked.map(({ purpose, service }) => [
        purpose,
        new gcp.projects.ServiceIdentity(this.named(purpose), { project, service }, this.child())
          .member,
      ]),
    );
    this.registerOutputs({ members: this.members });
  }
}
