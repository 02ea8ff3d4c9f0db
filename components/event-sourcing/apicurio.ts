import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { IsolatedNamespace, withinNamespace } from "../core/isolated-namespace.ts";
import {
  deployment,
  labels,
  name,
  networkPolicy,
  ports,
  settingsFile,
} from "./apicurio-objects.ts";
import type { Registry } from "./registry-schema.ts";

/** The PostgreSQL database of the registry. */
export interface RegistryDatabase {
  /** `jdbc:postgresql://<host>:5432/<database>?sslmode=require` */
  readonly url: pulumi.Input<string>;
  readonly username: pulumi.Input<string>;
  readonly password: pulumi.Input<string>;
}

export interface ApicurioArgs extends ComponentArgs {
  readonly settings: Registry;
  readonly database: RegistryDatabase;
  readonly provider: kubernetes.Provider;
}

/** Apicurio Registry in its own namespace, with at least two replicas and its schemas in PostgreSQL. */
export class ApicurioRegistry extends BlueprintComponent {
  /** URL of the Confluent-compatible API. */
  readonly url: pulumi.Output<string>;

  constructor(key: string, args: ApicurioArgs, opts?: pulumi.ComponentResourceOptions) {
    super("event-sourcing", "ApicurioRegistry", key, args, { settings: args.settings }, opts);
    const { settings, provider, ownership } = args;
    const within = this.child({ provider });
    const namespace = new IsolatedNamespace(
      this.named("namespace"),
      {
        ownership,
        retain: this.retain,
        noun: "event-sourcing",
        namespace: settings.namespace,
        policies: { within: withinNamespace },
      },
      { parent: this, providers: [provider] },
    );
    const metadata = { name, namespace: namespace.name, labels };
    const secret = new kubernetes.core.v1.Secret(
      this.named("database"),
      { metadata, stringData: { [settingsFile]: properties(settings, args.database) } },
      within,
    );
    const policy = new kubernetes.networking.v1.NetworkPolicy(
      this.named("reach"),
      { metadata, spec: networkPolicy(settings) },
      within,
    );
    new kubernetes.apps.v1.Deployment(
      this.named(),
      { metadata, spec: deployment(settings, name) },
      this.child({ provider, dependsOn: [secret, policy, namespace] }),
    );
    new kubernetes.policy.v1.PodDisruptionBudget(
      this.named("disruption"),
      { metadata, spec: { maxUnavailable: 1, selector: { matchLabels: labels } } },
      within,
    );
    const service = new kubernetes.core.v1.Service(
      this.named("service"),
      {
        metadata,
        spec: { selector: labels, ports: [{ name: "http", port: ports.http, targetPort: "http" }] },
      },
      within,
    );
    this.url = pulumi.interpolate`http://${service.metadata.name}.${namespace.name}.svc:${ports.http}/apis/ccompat/v7`;
    this.registerOutputs({ url: this.url });
  }
}

function properties(
  { database: { connections } }: Registry,
  { url, username, password }: RegistryDatabase,
): pulumi.Output<string> {
  const lines = pulumi.all([url, username, password]).apply(([address, user, secret]) =>
    [
      "apicurio.storage.kind=sql",
      "apicurio.storage.sql.kind=postgresql",
      `apicurio.datasource.url=${address}`,
      `apicurio.datasource.username=${user}`,
      `apicurio.datasource.password=${secret}`,
      // By default it opens 20 to 100.
      "apicurio.datasource.jdbc.initial-size=2",
      "apicurio.datasource.jdbc.min-size=2",
      `apicurio.datasource.jdbc.max-size=${connections}`,
      "",
    ].join("\n"),
  );
  return pulumi.secret(lines);
}
