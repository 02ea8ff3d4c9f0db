/**
 * The statements that make a tenant's database and take it away, the same on every cloud. PostgreSQL 16 and newer. Each can be
 * repeated. Pure.
 *
 * The role that runs them owns the database, so that the tenant can neither change its limits nor let others connect.
 */

/** @typedef {import("./declaration.mjs").Declaration} Declaration */
/** @typedef {import("./declaration.mjs").User} User */

/** The database of tenants with a schema each. */
export const sharedDatabase = "atoll_tenants";

/** A quoted identifier. @param {string} name */
export function quoted(name) {
  return `"${name.replaceAll('"', '""')}"`;
}

/** @param {string} text */
function literal(text) {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The groups of a database. Nobody signs in as one. `all` has every user, and only the right to connect. @param {string} name */
export function groupsOf(name) {
  return { all: name, own: `${name}_owner`, write: `${name}_writer`, read: `${name}_reader` };
}

/**
 * The groups that a user is a member of.
 *
 * @param {string} name of the database
 * @param {User["may"]} may
 */
export function membershipsOf(name, may) {
  const groups = groupsOf(name);
  return [groups.all, groups[may]];
}

/** @param {Declaration} declaration @returns {string} the database that it is in */
export function databaseOf({ mode, name }) {
  return mode === "schema" ? sharedDatabase : name;
}

/**
 * The groups, for a role that may create roles. It becomes a member of each, so that it can act for them.
 *
 * @param {Pick<Declaration, "name">} declaration
 * @param {string} [self] the role that runs the statements
 */
export function groupStatements({ name }, self = "CURRENT_USER") {
  return Object.values(groupsOf(name)).flatMap((group) => [
    created(group),
    `ALTER ROLE ${quoted(group)} NOLOGIN NOCREATEDB NOCREATEROLE`,
    `GRANT ${quoted(group)} TO ${self} WITH INHERIT TRUE, SET TRUE`,
  ]);
}

/**
 * The users, for a role that may create roles. Owners act as their group, so that its members own everything together.
 *
 * @param {Declaration} declaration
 * @param {string | undefined} signIn the role whose members sign in without a password: `rds_iam`
 */
export function userStatements(declaration, signIn) {
  const { name, mode, users } = declaration;
  const groups = groupsOf(name);
  return users.flatMap(({ name: user, may, connections }) => {
    const role = quoted(user);
    const others = [groups.own, groups.write, groups.read].filter((each) => each !== groups[may]);
    return [
      created(user),
      `ALTER ROLE ${role} LOGIN NOCREATEDB NOCREATEROLE INHERIT CONNECTION LIMIT ${connections}`,
      `GRANT ${role} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE`,
      ...(signIn === undefined ? [] : [`GRANT ${quoted(signIn)} TO ${role}`]),
      ...others.map((group) => `REVOKE ${quoted(group)} FROM ${role}`),
      `GRANT ${quoted(groups.all)} TO ${role} WITH INHERIT TRUE, SET FALSE`,
      may === "own"
        ? `GRANT ${quoted(groups.own)} TO ${role} WITH INHERIT FALSE, SET TRUE`
        : `GRANT ${quoted(groups[may])} TO ${role} WITH INHERIT TRUE, SET FALSE`,
      may === "own"
        ? `ALTER ROLE ${role} SET role = ${literal(groups.own)}`
        : `ALTER ROLE ${role} RESET role`,
      ...(mode === "schema" ? roleLimits(declaration, user) : []),
    ];
  });
}

/**
 * In a schema, what a database has as its own settings are settings of the user, the search path among them.
 *
 * @param {Declaration} declaration
 * @param {string} user
 */
function roleLimits({ name, timeouts }, user) {
  const role = `ALTER ROLE ${quoted(user)} IN DATABASE ${quoted(sharedDatabase)} SET`;
  return [
    `${role} search_path = ${quoted(name)}`,
    ...settings(timeouts).map((setting) => `${role} ${setting}`),
  ];
}

/** @param {Declaration["timeouts"]} timeouts */
function settings({ statement, idleInTransaction, idle }) {
  return [
    `statement_timeout = ${statement}`,
    `idle_in_transaction_session_timeout = ${idleInTransaction}`,
    `idle_session_timeout = ${idle}`,
  ];
}

/**
 * Who may connect, and the limits of the database, for its owner. In any database.
 *
 * @param {Declaration} declaration
 * @param {number} spare connections for the role that runs the statements
 */
export function accessStatements({ mode, name, connections, timeouts, users }, spare = 0) {
  const groups = groupsOf(name);
  const database = quoted(mode === "schema" ? sharedDatabase : name);
  return [
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
    // Owners do not inherit their group's rights before they act as it, and connect as themselves.
    `GRANT CONNECT ON DATABASE ${database} TO ${listed([groups.all, ...users.map((user) => user.name)])}`,
    ...(mode === "schema"
      ? []
      : [
          `GRANT CREATE, TEMPORARY ON DATABASE ${database} TO ${quoted(groups.own)}`,
          `GRANT TEMPORARY ON DATABASE ${database} TO ${listed([groups.write, groups.read])}`,
          `ALTER DATABASE ${database} CONNECTION LIMIT ${connections + spare}`,
          ...settings(timeouts).map((setting) => `ALTER DATABASE ${database} SET ${setting}`),
        ]),
  ];
}

/**
 * What is in the database: who may do what with the tables that owners create. In the database itself.
 *
 * @param {Declaration} declaration
 */
export function contentStatements({ mode, name, extensions }) {
  const groups = groupsOf(name);
  const schema = quoted(mode === "schema" ? name : "public");
  const [owner, writer, reader] = [groups.own, groups.write, groups.read].map(quoted);
  const both = `${writer}, ${reader}`;
  const inSchema = mode === "schema" ? ` IN SCHEMA ${schema}` : "";
  const defaults = `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner}${inSchema} GRANT`;
  return [
    ...(mode === "schema"
      ? [`CREATE SCHEMA IF NOT EXISTS ${schema}`, "REVOKE ALL ON SCHEMA public FROM PUBLIC"]
      : []),
    `REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC`,
    `GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${owner}`,
    `GRANT USAGE ON SCHEMA ${schema} TO ${both}`,
    ...extensions.map((extension) => `CREATE EXTENSION IF NOT EXISTS ${quoted(extension)}`),
    ...(mode === "schema" ? [] : [`${defaults} USAGE ON SCHEMAS TO ${both}`]),
    `${defaults} SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${writer}`,
    `${defaults} SELECT ON TABLES TO ${reader}`,
    `${defaults} USAGE, SELECT ON SEQUENCES TO ${writer}`,
    `${defaults} SELECT ON SEQUENCES TO ${reader}`,
  ];
}

/**
 * The users of a database that its declaration no longer has.
 *
 * @param {Declaration} declaration
 */
export function strayUsers({ name, users }) {
  const kept = [...Object.values(groupsOf(name)), ...users.map((user) => user.name)];
  return [
    "SELECT member.rolname AS name FROM pg_auth_members AS membership",
    "JOIN pg_roles AS member ON member.oid = membership.member",
    "JOIN pg_roles AS grouped ON grouped.oid = membership.roleid",
    `WHERE grouped.rolname = ${literal(name)} AND member.rolname LIKE ${literal(`${name.replaceAll("_", "\\_")}\\_%`)}`,
    `AND member.rolname NOT IN (${kept.map(literal).join(", ")})`,
  ].join(" ");
}

/**
 * Takes a user away, in the database itself: what it owns goes to the owners.
 *
 * @param {string} name of the database
 * @param {string} user
 */
export function userRemoval(name, user) {
  return [
    `REASSIGN OWNED BY ${quoted(user)} TO ${quoted(groupsOf(name).own)}`,
    `DROP OWNED BY ${quoted(user)}`,
    `DROP ROLE IF EXISTS ${quoted(user)}`,
  ];
}

/** @param {string} database */
export function databaseExists(database) {
  return `SELECT 1 AS found FROM pg_database WHERE datname = ${literal(database)}`;
}

/** Nobody can connect before its rights are set. @param {string} database */
export function databaseCreation(database) {
  return `CREATE DATABASE ${quoted(database)} ALLOW_CONNECTIONS false`;
}

/** @param {string} database @param {boolean} allowed */
export function connectionsAllowed(database, allowed) {
  return `ALTER DATABASE ${quoted(database)} ALLOW_CONNECTIONS ${allowed}`;
}

/** @param {string} database */
export function databaseRemoval(database) {
  return `DROP DATABASE IF EXISTS ${quoted(database)} WITH (FORCE)`;
}

/** @param {string} name of the schema */
export function schemaRemoval(name) {
  return `DROP SCHEMA IF EXISTS ${quoted(name)} CASCADE`;
}

/**
 * The groups and users of a database that exist.
 *
 * @param {string} name of the database
 */
export function rolesOf(name) {
  const [exact, below] = [literal(name), literal(`${name.replaceAll("_", "\\_")}\\_%`)];
  // Users before groups, which are shorter than their users' names only by chance.
  return `SELECT rolname AS name FROM pg_roles WHERE rolname = ${exact} OR rolname LIKE ${below} ORDER BY rolcanlogin DESC, rolname`;
}

/** @param {string} role */
export function roleRemoval(role) {
  return [`DROP OWNED BY ${quoted(role)} CASCADE`, `DROP ROLE IF EXISTS ${quoted(role)}`];
}

/** @param {readonly string[]} names */
function listed(names) {
  return names.map(quoted).join(", ");
}

/** @param {string} role */
function created(role) {
  const name = literal(role);
  return `DO $atoll$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${name}) THEN CREATE ROLE ${quoted(role)}; END IF; END $atoll$`;
}
