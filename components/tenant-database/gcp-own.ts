import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { GcpDatabase, type GcpDatabaseArgs } from "../database/gcp.ts";
import { GcpSqlDeployer } from "./gcp-deployer.ts";

export interface GcpTenantInstanceArgs extends ComponentArgs {
  /** Settings of the instance in the form of the cell's. */
  readonly spec: GcpDatabaseArgs["spec"];
  readonly network: GcpDatabaseArgs["network"];
  readonly keys: GcpDatabaseArgs["keys"];
  /** The email of the identity that runs the stacks. */
  readonly deployer: pulumi.Input<string>;
}

/** A Cloud SQL instance of one tenant, in which the identity that runs the stacks can set rights. */
export class GcpTenantInstance extends BlueprintComponent {
  readonly database: GcpDatabase;

  constructor(name: string, args: GcpTenantInstanceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tenant-database", "GcpTenantInstance", name, args, {}, opts);
    const { ownership, spec, network, keys, deployer } = args;
    const shared = { ownership, retain: this.retain };
    this.database = new GcpDatabase(
      this.named("postgres"),
      { ...shared, spec, network, keys },
      this.child(),
    );
    const { project } = this.database.spec;
    new GcpSqlDeployer(
      this.named("deployer"),
      { ...shared, project, instance: this.database.instanceName, email: deployer },
      this.child({ dependsOn: this.database }),
    );
    this.registerOutputs({});
  }
}
