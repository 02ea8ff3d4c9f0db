/** Makes and takes away a tenant's database over connections to PostgreSQL. Every step can be repeated. */
import {
  accessStatements,
  connectionsAllowed,
  contentStatements,
  databaseCreation,
  databaseExists,
  databaseOf,
  databaseRemoval,
  groupStatements,
  roleRemoval,
  rolesOf,
  schemaRemoval,
  sharedDatabase,
  strayUsers,
  userRemoval,
  userStatements,
} from "./sql.mjs";

/** @typedef {import("./declaration.mjs").Declaration} Declaration */

/**
 * @typedef {object} Session a connection to one database
 * @property {(statement: string) => Promise<Record<string, unknown>[]>} run
 * @property {() => Promise<void>} end
 */
/** @typedef {(database: string) => Promise<Session>} Connect */

/** The database that every cluster has. */
const maintenance = "postgres";

/** A key of advisory locks: statements on roles of concurrent invocations would fail each other. */
const lock = "SELECT pg_advisory_lock(hashtext('atoll tenants'))";

/** Connections of the role that runs the statements, besides those of the tenant. */
const spare = 2;

/**
 * @param {Connect} connect
 * @param {Declaration} declaration
 * @param {{ signIn?: string }} [options]
 */
export async function makeDatabase(connect, declaration, { signIn } = {}) {
  const database = databaseOf(declaration);
  await using(connect, maintenance, async (run) => {
    await run(lock);
    await all(run, groupStatements(declaration));
    if ((await run(databaseExists(database))).length === 0) await run(databaseCreation(database));
    await all(run, userStatements(declaration, signIn));
    await all(run, accessStatements(declaration, spare));
    await run(connectionsAllowed(database, true));
    await using(connect, database, async (inside) => {
      await all(inside, contentStatements(declaration));
      for (const name of namesIn(await inside(strayUsers(declaration)))) {
        await all(inside, userRemoval(declaration.name, name));
      }
    });
  });
}

/**
 * @param {Connect} connect
 * @param {Pick<Declaration, "mode" | "name">} declaration
 */
export async function removeDatabase(connect, { mode, name }) {
  await using(connect, maintenance, async (run) => {
    await run(lock);
    const database = mode === "schema" ? sharedDatabase : name;
    const exists = (await run(databaseExists(database))).length > 0;
    if (exists && mode === "schema") {
      await using(connect, database, async (inside) => {
        await inside(schemaRemoval(name));
        for (const role of namesIn(await inside(rolesOf(name))))
          await all(inside, roleRemoval(role));
      });
    } else if (exists) {
      await run(connectionsAllowed(database, false));
      await run(databaseRemoval(database));
    }
    for (const role of namesIn(await run(rolesOf(name)))) await all(run, roleRemoval(role));
  });
}

/**
 * @param {Connect} connect
 * @param {string} database
 * @param {(run: Session["run"]) => Promise<void>} work
 */
async function using(connect, database, work) {
  const session = await connect(database);
  try {
    await work(session.run);
  } finally {
    await session.end();
  }
}

/** @param {Session["run"]} run @param {readonly string[]} statements */
async function all(run, statements) {
  for (const statement of statements) await run(statement);
}

/** @param {readonly Record<string, unknown>[]} rows */
function namesIn(rows) {
  return rows.map(({ name }) => String(name));
}
