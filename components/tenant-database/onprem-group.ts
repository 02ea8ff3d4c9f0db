import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { cnpg, tenantsGroup } from "../database/onprem-objects.ts";
import { objectName } from "./names.ts";
import { tenantsGroupRole, untilApplied } from "./onprem-objects.ts";

export interface OnpremTenantsGroupArgs extends ComponentArgs {
  readonly cluster: { readonly provider: kubernetes.Provider };
  /** The namespace of the PostgreSQL cluster. */
  readonly namespace: pulumi.Input<string>;
  /** The name of the Cluster. */
  readonly database: pulumi.Input<string>;
}

/** The group of all users of tenants in a PostgreSQL cluster, which its rules for connections are for. */
export class OnpremTenantsGroup extends BlueprintComponent {
  constructor(name: string, args: OnpremTenantsGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tenant-database", "OnpremTenantsGroup", name, args, {}, opts);
    const { provider } = args.cluster;
    new kubernetes.apiextensions.CustomResource(
      this.named(),
      {
        apiVersion: cnpg,
        kind: "DatabaseRole",
        metadata: {
          name: objectName(tenantsGroup),
          namespace: args.namespace,
          annotations: { ...untilApplied },
        },
        spec: pulumi.output(args.database).apply(tenantsGroupRole),
      },
      this.child({ provider }),
    );
    this.registerOutputs({});
  }
}
