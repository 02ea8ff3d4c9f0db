/** Databases and roles of PostgreSQL that stacks register, in one form for all clouds. Pure. */
import type { IsolationResource } from "./model.ts";
import { at, list, parsed, record, text, texts } from "./plain.ts";
import { type CellView, type KubernetesObject, registrant } from "./view.ts";

interface OnServer {
  /** The cluster or instance. */
  readonly server: string;
  readonly name: string;
  /** The tenant, or the cell. */
  readonly holder: string;
  readonly resource: IsolationResource;
}

export interface SqlRole extends OnServer {
  /** Attributes that reach beyond its databases: `superuser`. */
  readonly rights: readonly string[];
  readonly memberOf: readonly string[];
  /** Whether nobody can sign in as it. @default false */
  readonly isGroup?: boolean;
}

export interface DatabaseObject extends OnServer {
  /** Roles that own it or are granted it. */
  readonly mayUse: readonly string[];
}

const attributes = ["superuser", "createdb", "createrole", "replication", "bypassrls"];

function rightsIn(spec: unknown): string[] {
  return attributes.filter((name) => record(spec)[name] === true);
}

export function rolesIn(view: CellView): SqlRole[] {
  return [
    ...cnpgRoles(view),
    ...cloudSqlUsers(view),
    ...invoked(view).flatMap(({ roles }) => roles),
  ];
}

export function databasesOf(view: CellView): DatabaseObject[] {
  return [
    ...cnpgDatabases(view),
    ...cloudSqlDatabases(view),
    ...invoked(view).flatMap(({ databases }) => databases),
  ];
}

/** Who registered each server: a tenant with a server of its own, or the cell. */
export function serverOwners(view: CellView): ReadonlyMap<string, readonly string[]> {
  const named = (type: string, field: string) =>
    view.ofType(type).map((resource) => [text(resource.inputs[field]) ?? "", resource] as const);
  const found = [
    ...cnpgClusters(view).map(
      ({ namespace, name, resource }) => [`${namespace}/${name}`, resource] as const,
    ),
    ...named("gcp:sql/databaseInstance:DatabaseInstance", "name"),
    ...named("aws:lambda/function:Function", "name"),
  ];
  return new Map(found.map(([server, resource]) => [server, [registrant(resource)]]));
}

function serverOf({ namespace, inputs }: KubernetesObject): string {
  return `${namespace}/${text(at(inputs, "spec", "cluster", "name")) ?? ""}`;
}

function cnpgRoles(view: CellView): SqlRole[] {
  const own = view.objects("DatabaseRole").map((object): SqlRole => {
    const spec = record(object.inputs.spec);
    return {
      server: serverOf(object),
      name: text(spec.name) ?? object.name,
      holder: registrant(object.resource),
      resource: object.resource,
      rights: rightsIn(spec),
      memberOf: texts(spec.inRoles),
      isGroup: spec.login !== true,
    };
  });
  // Roles that a cluster manages, and the owner of its first database.
  const managed = cnpgClusters(view).flatMap(({ namespace, name, inputs, resource }) => {
    const server = `${namespace}/${name}`;
    const holder = registrant(resource);
    const first = text(at(inputs, "spec", "bootstrap", "initdb", "owner"));
    const roles = list(at(inputs, "spec", "managed", "roles")).map(record);
    return [
      ...(first === undefined
        ? []
        : [{ server, name: first, holder, resource, rights: [], memberOf: [] }]),
      ...roles
        .filter((role) => role.ensure !== "absent" && text(role.name) !== first)
        .map((role) => ({
          server,
          name: text(role.name) ?? "",
          holder,
          resource,
          rights: rightsIn(role),
          memberOf: texts(role.inRoles),
        })),
    ];
  });
  return [...own, ...managed];
}

function cnpgClusters(view: CellView): KubernetesObject[] {
  return view.objects("Cluster").filter(({ group }) => group === "postgresql.cnpg.io");
}

function cnpgDatabases(view: CellView): DatabaseObject[] {
  const own = view
    .objects("Database")
    .filter(({ group }) => group === "postgresql.cnpg.io")
    .map((object): DatabaseObject => {
      const spec = record(object.inputs.spec);
      const schemas = list(spec.schemas).map((each) => text(record(each).owner));
      return {
        server: serverOf(object),
        name: text(spec.name) ?? object.name,
        holder: registrant(object.resource),
        resource: object.resource,
        mayUse: [text(spec.owner), ...schemas].filter((role) => role !== undefined),
      };
    });
  const first = cnpgClusters(view).flatMap(({ namespace, name, inputs, resource }) => {
    const initdb = record(at(inputs, "spec", "bootstrap", "initdb"));
    const found = text(initdb.database);
    if (found === undefined) return [];
    return [
      {
        server: `${namespace}/${name}`,
        name: found,
        holder: registrant(resource),
        resource,
        mayUse: texts(initdb.owner),
      },
    ];
  });
  return [...own, ...first];
}

/**
 * A user with a password is a member of `cloudsqlsuperuser`; users by IAM have no rights until SQL grants them. Source: Cloud SQL for
 * PostgreSQL, "About PostgreSQL users and roles".
 */
function cloudSqlUsers(view: CellView): SqlRole[] {
  return view.ofType("gcp:sql/user:User").map((resource): SqlRole => {
    const { instance, name, type, databaseRoles } = resource.inputs;
    const given = texts(databaseRoles);
    const builtIn = type === undefined || type === "BUILT_IN";
    return {
      server: text(instance) ?? "",
      name: text(name) ?? "",
      holder: registrant(resource),
      resource,
      rights: [],
      memberOf: builtIn && given.length === 0 ? ["cloudsqlsuperuser"] : given,
    };
  });
}

function cloudSqlDatabases(view: CellView): DatabaseObject[] {
  return view.ofType("gcp:sql/database:Database").map((resource) => ({
    server: text(resource.inputs.instance) ?? "",
    name: text(resource.inputs.name) ?? "",
    holder: registrant(resource),
    resource,
    mayUse: [],
  }));
}

interface Invoked {
  readonly roles: SqlRole[];
  readonly databases: DatabaseObject[];
}

/** What the function that runs SQL is asked for: a database or schema, and the roles that it makes members of its groups. */
function invoked(view: CellView): Invoked[] {
  return view.ofType("aws:lambda/invocation:Invocation").map((resource) => {
    const input = record(parsed(resource.inputs.input));
    const { name, users } = record(input.declaration);
    const server = text(at(input, "server", "host")) ?? text(resource.inputs.functionName) ?? "";
    const common = { server, holder: registrant(resource), resource };
    const roles = list(users)
      .map(record)
      .map((user) => ({ ...common, name: text(user.name) ?? "", rights: [], memberOf: [] }));
    const own = text(name);
    const databases = own === undefined ? [] : [{ ...common, name: own, mayUse: [] }];
    return { roles, databases };
  });
}
