import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { clusterRoleId } from "./plan.ts";
import { type GcpPeopleInput, type GcpPeopleSpec, gcpPeopleSpec } from "./schema.ts";

export interface GcpPeopleAccessArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpPeopleInput;
  readonly cluster: {
    readonly clusterName: pulumi.Input<string>;
    /** The zone of a zonal cluster. @default the region */
    readonly location?: string;
  };
  /** Required if a group reaches the database. */
  readonly database?: { readonly endpoint: pulumi.Input<string> } | undefined;
}

type Group = GcpPeopleSpec["database"][string];

/**
 * The targets that people reach in a cell on Google Cloud: dashboards and the database through Identity-Aware Proxy, with the access
 * level of their group as a condition; the cluster's API through its DNS endpoint, with the same level by the organisation's binding.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpPeopleAccess extends BlueprintComponent {
  /** The destination group of `gcloud compute start-iap-tunnel` for the database. Undefined if no group reaches it. */
  readonly databaseGroup: pulumi.Output<string> | undefined;

  constructor(name: string, args: GcpPeopleAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpPeopleSpec, args.spec, name);
    super("people-access", "GcpPeopleAccess", name, args, { spec }, opts);
    this.#clusterApi(args, spec);
    this.databaseGroup = this.#database(args, spec);
    this.#dashboards(spec);
    this.registerOutputs({ databaseGroup: this.databaseGroup });
  }

  /** Allows connections to the API only. Kubernetes RBAC authorizes the requests. */
  #clusterApi(args: GcpPeopleAccessArgs, { project, region, clusterApi }: GcpPeopleSpec): void {
    if (Object.keys(clusterApi).length === 0) return;
    const { ownership, cluster } = args;
    const { environment, cell = "" } = ownership;
    const role = new gcp.projects.IAMCustomRole(
      this.named("cluster-api"),
      {
        project,
        roleId: clusterRoleId(environment, cell),
        title: `Reach the cluster of ${environment} ${cell}`,
        description: "Connect to the cluster's API; what may be done there, its own roles say",
        permissions: ["container.clusters.connect", "container.clusters.get"],
        stage: "GA",
      },
      this.child(),
    );
    const name = pulumi.interpolate`projects/${project}/locations/${cluster.location ?? region}/clusters/${cluster.clusterName}`;
    for (const [key, { who }] of Object.entries(clusterApi)) {
      new gcp.projects.IAMMember(
        this.named(`cluster-api-${key}`),
        {
          project,
          role: pulumi.interpolate`projects/${project}/roles/${role.roleId}`,
          member: `group:${who}`,
          condition: {
            title: "This cluster alone",
            expression: pulumi.interpolate`resource.name == "${name}"`,
          },
        },
        this.child(),
      );
    }
  }

  #database(
    { ownership, database }: GcpPeopleAccessArgs,
    { project, region, database: groups }: GcpPeopleSpec,
  ): pulumi.Output<string> | undefined {
    if (database === undefined || Object.keys(groups).length === 0) return undefined;
    const destinations = new gcp.iap.TunnelDestGroup(
      this.named("database"),
      {
        project,
        region,
        groupName: nameIn(ownership, "gcp-compute", "database"),
        fqdns: [database.endpoint],
      },
      this.child(),
    );
    for (const [key, group] of Object.entries(groups)) {
      new gcp.iap.TunnelDestGroupIamMember(
        this.named(`database-${key}`),
        {
          project,
          region,
          destGroup: destinations.groupName,
          role: "roles/iap.tunnelResourceAccessor",
          member: `group:${group.who}`,
          condition: onSuchDevices(group),
        },
        this.child(),
      );
    }
    return destinations.groupName;
  }

  #dashboards({ project, dashboards, dashboardsFor }: GcpPeopleSpec): void {
    for (const [dashboard, { backendService }] of Object.entries(dashboards)) {
      for (const [key, group] of Object.entries(dashboardsFor)) {
        new gcp.iap.WebBackendServiceIamMember(
          this.named(`dashboard-${dashboard}-${key}`),
          {
            project,
            webBackendService: backendService,
            role: "roles/iap.httpsResourceAccessor",
            member: `group:${group.who}`,
            condition: onSuchDevices(group),
          },
          this.child(),
        );
      }
    }
  }
}

function onSuchDevices({ level }: Group) {
  return {
    title: "Devices in order",
    description: "The access level of the group",
    expression: `"${level}" in request.auth.access_levels`,
  };
}
