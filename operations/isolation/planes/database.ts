/** Databases: owners, memberships and rights of roles, on CloudNativePG, Cloud SQL, and Aurora by its SQL function. */
import { type IsolationResource, theCell } from "../model.ts";
import type { Paths } from "../paths.ts";
import type { Plane } from "../plane.ts";
import {
  type DatabaseObject,
  databasesOf,
  rolesIn,
  type SqlRole,
  serverOwners,
} from "../sql-objects.ts";
import { scripted } from "../sql-scripts.ts";
import { type CellView, ownerText } from "../view.ts";

export const database: Plane = {
  id: "ISO11",
  title: "No database role of a tenant reaches databases of others",
  remedy:
    "give each tenant its own database and roles, without membership in roles of others and without superuser, createrole, createdb, replication and bypassrls",
  find,
};

/** Predefined roles that read or write everything. Source: PostgreSQL, "Predefined Roles". */
const wideRoles = [
  "pg_read_all_data",
  "pg_write_all_data",
  "pg_read_server_files",
  "pg_write_server_files",
  "pg_execute_server_program",
  "pg_read_all_settings",
  "pg_read_all_stats",
  "pg_monitor",
  "pg_signal_backend",
  "pg_checkpoint",
  "pg_create_subscription",
  "pg_use_reserved_connections",
  "cloudsqlsuperuser",
  "rds_superuser",
  "rds_replication",
  "postgres",
];

function find(view: CellView, paths: Paths): void {
  const scripts = scripted(view);
  const roles = [...rolesIn(view), ...scripts.flatMap((script) => script.roles)];
  const databases = [...databasesOf(view), ...scripts.flatMap((script) => script.databases)];
  const byServer = Map.groupBy(roles, ({ server }) => server);
  const ownerOf = serverOwners(view);
  const databasesByServer = Map.groupBy(databases, ({ server }) => server);
  for (const server of new Set([...byServer.keys(), ...databasesByServer.keys()])) {
    const here = byServer.get(server) ?? [];
    const stores = databasesByServer.get(server) ?? [];
    const holders = [...here, ...stores].map(({ holder }) => holder);
    const users = [...new Set([...holders, ...(ownerOf.get(server) ?? [])])];
    const holdersOf = new Map<string, Set<string>>();
    const used = new Set(stores.flatMap(({ mayUse }) => mayUse));
    for (const role of here)
      if (!isEmptyGroup(role, used)) learn(holdersOf, role.name, role.holder);
    const groups = new Set(here.filter((role) => isEmptyGroup(role, used)).map(({ name }) => name));
    for (const role of here) wide(paths, role, users);
    for (const role of here) memberships(paths, role, holdersOf, groups);
    shared(paths, here, "role");
    shared(paths, stores, "database");
    owners(paths, stores, holdersOf);
  }
}

/** A group of the cell that only rules for connections name: it has no rights to give. */
function isEmptyGroup(role: SqlRole, used: ReadonlySet<string>): boolean {
  const { name, holder, isGroup = false, rights, memberOf } = role;
  const gives = used.has(name) || rights.length > 0 || memberOf.length > 0;
  return holder === theCell && isGroup && !gives;
}

function learn(into: Map<string, Set<string>>, name: string, holder: string): void {
  const known = into.get(name) ?? new Set<string>();
  into.set(name, known);
  known.add(holder);
}

function add(
  paths: Paths,
  from: string,
  to: Iterable<string>,
  resource: IsolationResource,
  step: { readonly principal: string; readonly can: string; readonly because: string },
  key: string,
): void {
  if (from === theCell) return;
  paths.add({ key, from, to, resource, steps: () => [step] });
}

function wide(paths: Paths, role: SqlRole, users: readonly string[]): void {
  const { name, holder, rights, resource } = role;
  const memberOf = role.memberOf.filter((each) => wideRoles.includes(each));
  for (const right of [...rights, ...memberOf]) {
    add(
      paths,
      holder,
      users,
      resource,
      {
        principal: `role ${name} of ${ownerText(holder)}`,
        can: "reaches every database of the server",
        because: `it has ${right}`,
      },
      right,
    );
  }
}

function memberships(
  paths: Paths,
  { name, holder, memberOf, resource }: SqlRole,
  holdersOf: ReadonlyMap<string, ReadonlySet<string>>,
  groups: ReadonlySet<string>,
): void {
  for (const other of memberOf) {
    if (groups.has(other)) continue;
    add(
      paths,
      holder,
      holdersOf.get(other) ?? (wideRoles.includes(other) ? [] : [theCell]),
      resource,
      {
        principal: `role ${name} of ${ownerText(holder)}`,
        can: `has the rights of role ${other}`,
        because: "it is a member of it",
      },
      `member ${other}`,
    );
  }
}

/** The same name on one server is the same object. */
function shared(paths: Paths, objects: readonly (SqlRole | DatabaseObject)[], what: string): void {
  for (const [name, alike] of Map.groupBy(objects, (one) => one.name)) {
    const holders = [...new Set(alike.map(({ holder }) => holder))];
    if (holders.length < 2) continue;
    for (const { holder, resource } of alike) {
      add(
        paths,
        holder,
        holders,
        resource,
        {
          principal: ownerText(holder),
          can: `uses ${what} ${name}`,
          because: `several have a ${what} of this name on one server`,
        },
        `${what} ${name}`,
      );
    }
  }
}

/** The owner of a database may do everything in it. */
function owners(
  paths: Paths,
  stores: readonly DatabaseObject[],
  holdersOf: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const { name, holder, mayUse, resource } of stores) {
    for (const role of mayUse) {
      for (const from of holdersOf.get(role) ?? []) {
        add(
          paths,
          from,
          [holder],
          resource,
          {
            principal: `role ${role} of ${ownerText(from)}`,
            can: `owns or uses database ${name}`,
            because: `it is a database of ${ownerText(holder)}`,
          },
          `owner ${name.replaceAll(holder, "")}`,
        );
      }
    }
  }
}
