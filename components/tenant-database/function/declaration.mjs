/** What a tenant's database is, as the statements of every cloud are written from it. Validated, because a function receives it. */

/**
 * @typedef {"own" | "write" | "read"} Access
 *
 * @typedef {object} User
 * @property {string} name the role that signs in
 * @property {Access} may
 * @property {number} connections at once
 *
 * @typedef {object} Timeouts in milliseconds; 0 is no limit
 * @property {number} statement
 * @property {number} idleInTransaction
 * @property {number} idle
 *
 * @typedef {object} Declaration
 * @property {"database" | "schema"} mode
 * @property {string} name of the database, or of the schema; part of the names of its roles
 * @property {number} connections of all users together
 * @property {Timeouts} timeouts
 * @property {string[]} extensions
 * @property {User[]} users
 */

/** The extensions of PostgreSQL that are trusted: the owner of a database may create them, without being a superuser. */
export const trustedExtensions = /** @type {const} */ ([
  "btree_gin",
  "btree_gist",
  "citext",
  "cube",
  "fuzzystrmatch",
  "hstore",
  "intarray",
  "isn",
  "ltree",
  "pg_trgm",
  "pgcrypto",
  "seg",
  "tablefunc",
  "unaccent",
  "uuid-ossp",
]);

/** Names of tenants' databases and roles, which no other database or role of a cell has: at most 63 characters. */
const name = /^tenant_[a-z0-9_]{1,56}$/;

const accesses = ["own", "write", "read"];

/**
 * The problems of a declaration; none if its statements can be written.
 *
 * @param {unknown} given
 * @returns {string[]}
 */
export function declarationProblems(given) {
  const found = /** @type {string[]} */ ([]);
  const check = (/** @type {boolean} */ holds, /** @type {string} */ message) => {
    if (!holds) found.push(message);
  };
  const { mode, name: own, connections, timeouts, extensions, users, ...rest } = recordOf(given);
  check(Object.keys(rest).length === 0, `has unknown fields: ${Object.keys(rest).join(", ")}`);
  check(mode === "database" || mode === "schema", 'mode must be "database" or "schema"');
  check(isName(own), "name must be the name of a tenant's database");
  check(isCount(connections, 1), "connections must be 1 to 5000");
  const { statement, idleInTransaction, idle, ...more } = recordOf(timeouts);
  check(
    [statement, idleInTransaction, idle].every(isMilliseconds) && Object.keys(more).length === 0,
    "timeouts must be milliseconds: statement, idleInTransaction and idle",
  );
  check(
    Array.isArray(extensions) &&
      extensions.every((each) => trustedExtensions.some((known) => known === each)),
    `extensions must be of ${trustedExtensions.join(", ")}`,
  );
  check(Array.isArray(users) && users.length <= 50, "users must be a list of at most 50");
  for (const user of Array.isArray(users) ? users : []) {
    const { name: role, may, connections: most, ...others } = recordOf(user);
    check(
      isName(role) && String(role).startsWith(`${String(own)}_`),
      "the name of a user must begin with the database's and an underscore",
    );
    check(
      !groupSuffixes.some((suffix) => role === `${String(own)}${suffix}`),
      "the name of a user must not be the name of a group",
    );
    check(accesses.includes(String(may)), `may must be one of ${accesses.join(", ")}`);
    check(isCount(most, 1), "connections of a user must be 1 to 5000");
    check(Object.keys(others).length === 0, "a user has unknown fields");
  }
  return found;
}

/** The groups of a database, by the end of their names. */
export const groupSuffixes = ["_owner", "_writer", "_reader"];

/** @param {unknown} value @returns {Record<string, unknown>} */
function recordOf(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? /** @type {Record<string, unknown>} */ (value)
    : {};
}

/** @param {unknown} value */
function isName(value) {
  return typeof value === "string" && name.test(value);
}

/** @param {unknown} value @param {number} least */
function isCount(value, least) {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= 5000;
}

/** @param {unknown} value */
function isMilliseconds(value) {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 86_400_000;
}
