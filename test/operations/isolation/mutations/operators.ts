/** Strimzi, CloudNativePG and External Secrets. */
import { object } from "../fixture/resource.ts";
import { type Bag, edit, type Mutation, plus, set } from "./mutation.ts";

const user = (what: string, change: (inputs: Bag) => void, to = "birch"): Mutation => ({
  what,
  plane: "kafka",
  opens: ["acme", to],
  change: edit("KafkaUser", "KafkaUser-kafka-acme.app", change),
});
const acl = (index: number, resource: Bag) =>
  set(`spec.authorization.acls.${index}.resource`, resource);

export const strimzi: readonly Mutation[] = [
  user(
    "forgets the delimiter of topics",
    acl(0, { type: "topic", name: "acme", patternType: "prefix" }),
    "acme2",
  ),
  user(
    "forgets the delimiter of groups",
    acl(1, { type: "group", name: "acme", patternType: "prefix" }),
    "acme2",
  ),
  user(
    "forgets the delimiter of transactional ids",
    acl(2, { type: "transactionalId", name: "acme", patternType: "prefix" }),
    "acme2",
  ),
  user("reads every topic", acl(0, { type: "topic", name: "*", patternType: "literal" })),
  user(
    "names a topic of another tenant",
    acl(0, {
      type: "topic",
      name: "birch.orders",
      patternType: "literal",
    }),
  ),
  user("changes the cluster", (inputs) => {
    const { acls } = (inputs.spec as { authorization: { acls: unknown[] } }).authorization;
    acls.push({ type: "allow", resource: { type: "cluster" }, operations: ["AlterConfigs"] });
  }),
  {
    what: "removes the authorization of the cluster",
    plane: "kafka",
    opens: ["acme", "birch"],
    change: edit("Kafka", "Kafka-kafka-stream", set("spec.kafka.authorization", undefined)),
  },
  {
    what: "makes a user a super user",
    plane: "kafka",
    opens: ["acme", "birch"],
    change: edit(
      "Kafka",
      "Kafka-kafka-stream",
      set("spec.kafka.authorization.superUsers", ["CN=acme.app"]),
    ),
  },
];

const role = (what: string, change: (inputs: Bag) => void, to = "birch"): Mutation => ({
  what,
  plane: "database",
  opens: ["acme", to],
  change: edit("DatabaseRole", "DatabaseRole-postgres-tenant-acme", change),
});

export const cnpg: readonly Mutation[] = [
  {
    what: "gives the group of all tenants a database",
    plane: "database",
    opens: ["acme", "(cell)"],
    change: edit(
      "Cluster",
      "Cluster-postgres-db",
      set("spec.bootstrap.initdb.owner", "atoll_tenants"),
    ),
  },
  role("makes a role a superuser", set("spec.superuser", true)),
  role("lets a role create roles", set("spec.createrole", true)),
  role("lets a role bypass row level security", set("spec.bypassrls", true)),
  role("lets a role replicate", set("spec.replication", true)),
  role("makes a role a member of another tenant's", set("spec.inRoles", ["tenant_birch"])),
  role("lets a role read all data", set("spec.inRoles", ["pg_read_all_data"])),
  role("makes a role a member of the application's", set("spec.inRoles", ["app"]), "(cell)"),
  {
    what: "gives a database another owner",
    plane: "database",
    opens: ["acme", "birch"],
    change: edit("Database", "Database-postgres-tenant-birch", set("spec.owner", "tenant_acme")),
  },
  {
    what: "shares a database",
    plane: "database",
    opens: ["acme", "birch"],
    change: edit("Database", "Database-postgres-tenant-acme", set("spec.name", "tenant_birch")),
  },
  {
    what: "shares a role",
    plane: "database",
    opens: ["birch", "acme"],
    change: edit(
      "DatabaseRole",
      "DatabaseRole-postgres-tenant-birch",
      set("spec.name", "tenant_acme"),
    ),
  },
];

const conditions = "spec.conditions";

export const secretStores: readonly Mutation[] = [
  {
    what: "drops the conditions of the cell's store",
    plane: "secret-stores",
    opens: ["acme", "(cell)"],
    change: edit("ClusterSecretStore", "ClusterSecretStore--cell", set(conditions, undefined)),
  },
  {
    what: "opens the cell's store to all tenants",
    plane: "secret-stores",
    opens: ["birch", "(cell)"],
    change: edit(
      "ClusterSecretStore",
      "ClusterSecretStore--cell",
      set(conditions, [
        {
          namespaceSelector: {
            matchExpressions: [{ key: "atoll.dev/tenant", operator: "Exists" }],
          },
        },
      ]),
    ),
  },
  {
    what: "opens the cell's store to a tenant by name",
    plane: "secret-stores",
    opens: ["acme", "(cell)"],
    change: edit(
      "ClusterSecretStore",
      "ClusterSecretStore--cell",
      set(conditions, [{ namespaceRegexes: ["^tenant-acme-"] }]),
    ),
  },
  {
    what: "makes a tenant's store one of the cluster",
    plane: "secret-stores",
    opens: ["acme", "birch"],
    change: plus(
      object("birch", "external-secrets.io", "ClusterSecretStore", "", "birch", {
        spec: { provider: { vault: { server: "https://vault.example:8200" } } },
      }),
    ),
  },
  {
    what: "drops the identity of a tenant's store",
    plane: "secret-stores",
    opens: ["acme", "(cell)"],
    change: edit(
      "SecretStore",
      "SecretStore-tenant-acme-app-tenant",
      set("spec.provider.vault.auth", {}),
    ),
  },
  {
    what: "shares the identity of another tenant's store",
    plane: "secret-stores",
    opens: ["acme", "birch"],
    change: edit(
      "SecretStore",
      "SecretStore-tenant-acme-app-tenant",
      set("spec.provider.vault.auth.kubernetes.role", "tenant-birch"),
    ),
  },
  {
    what: "reads secrets of another tenant's namespace",
    plane: "secret-stores",
    opens: ["acme", "birch"],
    change: edit(
      "SecretStore",
      "SecretStore-tenant-acme-app-tenant",
      set("spec.provider", {
        kubernetes: {
          remoteNamespace: "tenant-birch-app",
          auth: { serviceAccount: { name: "secrets" }, serviceAccountRef: { name: "secrets" } },
        },
      }),
    ),
  },
];
