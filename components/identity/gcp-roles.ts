/** From grants to what Google's IAM takes: the narrowest role that Google has for a verb, on the one resource. */
import * as pulumi from "@pulumi/pulumi";
import type { GcpGrant, GrantKind } from "./grant-schema.ts";

/** What IAM needs to know of each kind of resource. */
interface ReferenceOf {
  readonly bucket: { readonly name: pulumi.Input<string> };
  /** `projects/<project>/locations/<region>/keyRings/<ring>/cryptoKeys/<key>` */
  readonly key: { readonly id: pulumi.Input<string> };
  readonly secret: { readonly secretId: pulumi.Input<string> };
  /** The instance's name, without its project. */
  readonly database: { readonly instance: pulumi.Input<string> };
  /** `projects/<project>/locations/<region>/instances/<instance>` */
  readonly cache: { readonly instance: pulumi.Input<string> };
  readonly topic: never;
}

/** The resources of a cell, by kind and by the name that grants know them by. */
export type GcpReferences = {
  readonly [Kind in GrantKind]?: Readonly<Record<string, ReferenceOf[Kind]>>;
};

export interface GcpPlace {
  readonly project: string;
}

/** One role on one resource. */
export interface GcpRole {
  /** Unique in its workload; part of the name of the resource. */
  readonly key: string;
  readonly role: string;
  readonly on:
    | { readonly kind: "bucket"; readonly bucket: pulumi.Input<string> }
    | { readonly kind: "key"; readonly cryptoKeyId: pulumi.Input<string> }
    | { readonly kind: "secret"; readonly secretId: pulumi.Input<string> }
    | { readonly kind: "project" };
  readonly condition?: {
    readonly title: string;
    readonly expression: pulumi.Input<string>;
  };
}

/** Kinds that Google only lets people and service accounts sign in to, not identities of a pool. */
export const accountKinds: ReadonlySet<GrantKind> = new Set(["cache", "database"]);

/** The roles of one workload. A grant without a reference has none: see `missingGcpReferences`. */
export function workloadRoles(
  grants: readonly GcpGrant[],
  references: GcpReferences,
  place: GcpPlace,
): GcpRole[] {
  return grants.flatMap((grant) =>
    rolesOf(grant, references, place).map((role) => ({ ...role, key: keyOf(grant, role.key) })),
  );
}

/**
 * `bucket/uploads/images/write`: what is granted and not its place in the list, as Google has each role once. A role that came
 * under another name would be taken away with the old one. Slashes part it, as names and keys have none: no two are alike.
 */
function keyOf(grant: GcpGrant, role: string): string {
  const folder = grant.kind === "bucket" ? (grant.prefix ?? "") : "";
  return `${grant.kind}/${grant.name}/${folder}${role}`;
}

/** The grants that nothing is known of: `bucket "uploads"`. */
export function missingGcpReferences(
  grants: readonly GcpGrant[],
  references: GcpReferences,
): string[] {
  return grants
    .filter(({ kind, name }) => references[kind]?.[name] === undefined)
    .map(({ kind, name }) => `${kind} "${name}"`);
}

function rolesOf(grant: GcpGrant, references: GcpReferences, place: GcpPlace): GcpRole[] {
  switch (grant.kind) {
    case "bucket": {
      const found = references.bucket?.[grant.name];
      return found ? bucketRoles(grant, found.name) : [];
    }
    case "key": {
      const found = references.key?.[grant.name];
      return found ? grant.may.map((verb) => keyRole(verb, found.id)) : [];
    }
    case "secret": {
      const found = references.secret?.[grant.name];
      return found ? [secretRole(found.secretId)] : [];
    }
    case "database": {
      const found = references.database?.[grant.name];
      return found ? databaseRoles(found.instance, place) : [];
    }
    case "cache": {
      const found = references.cache?.[grant.name];
      return found ? [cacheRole(found.instance)] : [];
    }
    case "topic":
      return [];
  }
}

/** Source: "IAM roles for Cloud Storage". Only Object User takes objects away, and it reads and writes too. */
function bucketRoles(
  { may, prefix }: Extract<GcpGrant, { kind: "bucket" }>,
  bucket: pulumi.Input<string>,
): GcpRole[] {
  const verbs = may.includes("delete") ? (["delete"] as const) : may;
  const role = {
    read: "roles/storage.objectViewer",
    write: "roles/storage.objectCreator",
    delete: "roles/storage.objectUser",
  };
  return verbs.map((verb) => ({
    key: verb,
    role: role[verb],
    on: { kind: "bucket", bucket },
    ...(prefix === undefined
      ? {}
      : {
          condition: {
            title: "one-folder",
            expression: pulumi.interpolate`resource.name.startsWith("projects/_/buckets/${bucket}/objects/${prefix}")`,
          },
        }),
  }));
}

function keyRole(verb: "encrypt" | "decrypt", cryptoKeyId: pulumi.Input<string>): GcpRole {
  const role = {
    encrypt: "roles/cloudkms.cryptoKeyEncrypter",
    decrypt: "roles/cloudkms.cryptoKeyDecrypter",
  };
  return { key: verb, role: role[verb], on: { kind: "key", cryptoKeyId } };
}

function secretRole(secretId: pulumi.Input<string>): GcpRole {
  return {
    key: "read",
    role: "roles/secretmanager.secretAccessor",
    on: { kind: "secret", secretId },
  };
}

/** Roles of instances are the project's; the condition leaves one. Source: "Use IAM Conditions", Cloud SQL. */
function databaseRoles(instance: pulumi.Input<string>, { project }: GcpPlace): GcpRole[] {
  const condition = {
    title: "one-instance",
    expression: pulumi.interpolate`resource.name == "projects/${project}/instances/${instance}" && resource.service == "sqladmin.googleapis.com"`,
  };
  return [
    { key: "connect", role: "roles/cloudsql.client", on: { kind: "project" }, condition },
    { key: "sign-in", role: "roles/cloudsql.instanceUser", on: { kind: "project" }, condition },
  ];
}

/** Source: "Manage IAM authentication", Memorystore for Valkey. */
function cacheRole(instance: pulumi.Input<string>): GcpRole {
  return {
    key: "connect",
    role: "roles/memorystore.dbConnectionUser",
    on: { kind: "project" },
    condition: {
      title: "one-instance",
      expression: pulumi.interpolate`resource.name == "${instance}"`,
    },
  };
}
