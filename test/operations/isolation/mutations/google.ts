/** IAM, keys, ACLs and databases on Google Cloud. */
import { emailOf, keyOf, memberOf, sharedBucket, sharedKey } from "../fixture/google.ts";
import { pool, project, resource } from "../fixture/resource.ts";
import { drop, edit, type Mutation, plus, set, several } from "./mutation.ts";

const condition = "condition.expression";
const folder = (prefix: string) =>
  `resource.name.startsWith("projects/_/buckets/${sharedBucket}/objects/${prefix}")`;

const onShared = (what: string, expression: string, to: string): Mutation => ({
  what,
  plane: "google-iam",
  opens: ["acme", to],
  change: edit("BucketIAMMember", "acme-shared-user", set(condition, expression)),
});

const binding = (type: string, inputs: Record<string, unknown>) =>
  plus(resource(undefined, `gcp:${type}`, "extra", inputs));

export const googleIam: readonly Mutation[] = [
  onShared("forgets the delimiter of a folder", folder("acme"), "acme2"),
  onShared("shares the folder of another tenant", folder("birch/"), "birch"),
  onShared(
    "limits the type of resources only",
    'resource.type == "storage.googleapis.com/Object"',
    "birch",
  ),
  onShared("limits the folder or nothing", `${folder("acme/")} || true`, "birch"),
  {
    what: "drops the condition on a folder",
    plane: "google-iam",
    opens: ["acme", "birch"],
    change: edit("BucketIAMMember", "acme-shared-user", set("condition", undefined)),
  },
  {
    what: "grants another tenant's bucket",
    plane: "google-iam",
    opens: ["acme", "birch"],
    change: edit("BucketIAMMember", "acme-files-user", set("bucket", "prod-birch-files")),
  },
  {
    what: "grants all pods of the pool",
    plane: "google-iam",
    opens: ["acme2", "birch"],
    change: edit(
      "SecretIamMember",
      "birch-secret-reader",
      set("member", `principalSet://iam.googleapis.com/${pool}/*`),
    ),
  },
  {
    what: "grants everybody who has signed in",
    plane: "google-iam",
    opens: ["acme", "birch"],
    change: edit("BucketIAMMember", "birch-files-user", set("member", "allAuthenticatedUsers")),
  },
  {
    what: "grants a secret of the cell",
    plane: "google-iam",
    opens: ["acme", "(cell)"],
    change: edit("SecretIamMember", "acme-secret-reader", set("secretId", "prod-outbox")),
  },
  {
    what: "grants a role on the project",
    plane: "google-iam",
    opens: ["acme", "birch"],
    change: binding("projects/iAMMember:IAMMember", {
      project,
      role: "roles/storage.objectViewer",
      member: memberOf("acme"),
    }),
  },
  {
    what: "acts as another tenant's account",
    plane: "google-iam",
    opens: ["acme", "birch"],
    change: binding("serviceaccount/iAMMember:IAMMember", {
      serviceAccountId: `projects/${project}/serviceAccounts/${emailOf("birch")}`,
      role: "roles/iam.serviceAccountTokenCreator",
      member: memberOf("acme"),
    }),
  },
];

export const googleKeys: readonly Mutation[] = [
  {
    what: "grants another tenant's key",
    plane: "keys",
    opens: ["acme", "birch"],
    change: binding("kms/cryptoKeyIAMMember:CryptoKeyIAMMember", {
      cryptoKeyId: keyOf("birch"),
      role: "roles/cloudkms.cryptoKeyDecrypter",
      member: memberOf("acme"),
    }),
  },
  {
    what: "grants the key that all share",
    plane: "keys",
    opens: ["acme", "birch"],
    change: binding("kms/cryptoKeyIAMMember:CryptoKeyIAMMember", {
      cryptoKeyId: sharedKey,
      role: "roles/cloudkms.cryptoKeyDecrypter",
      member: memberOf("acme"),
    }),
  },
];

export const googleKafka: readonly Mutation[] = [
  {
    what: "forgets the delimiter of a prefix in an ACL",
    plane: "kafka",
    opens: ["acme", "acme2"],
    change: edit("Acl", "acme-acl-topicPrefixed-acme.", set("aclId", "topicPrefixed/acme")),
  },
  {
    what: "names everybody in an ACL",
    plane: "kafka",
    opens: ["acme", "birch"],
    change: edit("Acl", "birch-acl-topicPrefixed-birch.", set("aclEntries.0.principal", "User:*")),
  },
  {
    what: "grants all topics",
    plane: "kafka",
    opens: ["acme", "birch"],
    change: edit(
      "Acl",
      "acl-allTopics",
      set("aclEntries", [{ principal: `User:${emailOf("acme")}`, operation: "READ" }]),
    ),
  },
  {
    what: "removes the ACL that denies what no other allows",
    plane: "kafka",
    opens: ["birch", "acme"],
    change: drop("Acl", "acl-allConsumerGroups"),
  },
  {
    what: "grants the cluster",
    plane: "kafka",
    opens: ["acme", "birch"],
    change: edit(
      "Acl",
      "acl-cluster",
      set("aclEntries", [{ principal: `User:${emailOf("acme")}`, operation: "ALTER" }]),
    ),
  },
];

export const cloudSql: readonly Mutation[] = [
  {
    what: "makes a user with a password, which is a superuser of Cloud SQL",
    plane: "database",
    opens: ["acme", "birch"],
    change: several(
      edit("User", "acme-user", set("type", "BUILT_IN")),
      edit("User", "acme-user", set("databaseRoles", undefined)),
    ),
  },
  {
    what: "makes a user a member of another tenant's group",
    plane: "database",
    opens: ["acme", "birch"],
    change: edit("User", "acme-user", set("databaseRoles", ["tenant_birch_writer"])),
  },
  {
    what: "grants another tenant's group by a script",
    plane: "database",
    opens: ["acme", "birch"],
    change: edit(
      "ProvisionScript",
      "acme-groups",
      set("script", 'GRANT "tenant_birch_writer" TO "tenant_acme_writer";'),
    ),
  },
  {
    what: "lets a group connect to another tenant's database by a script",
    plane: "database",
    opens: ["acme", "birch"],
    change: edit(
      "ProvisionScript",
      "birch-groups",
      set("script", 'GRANT CONNECT ON DATABASE "tenant_birch" TO "tenant_acme_writer";'),
    ),
  },
  {
    what: "creates roles of everything by a script",
    plane: "database",
    opens: ["acme", "birch"],
    change: edit(
      "ProvisionScript",
      "acme-groups",
      set("script", 'CREATE ROLE "tenant_acme_writer" LOGIN CREATEROLE;'),
    ),
  },
  {
    what: "shares a database on an instance",
    plane: "database",
    opens: ["acme", "birch"],
    change: edit("Database", "acme-database", set("name", "tenant_birch")),
  },
];
