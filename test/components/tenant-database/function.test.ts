// What the functions of a cell on AWS do with their input, and which statements they run. Statements were run against PostgreSQL 18;
// what Aurora adds to it, such as rds_iam, is known from its user guide.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type Connect,
  makeDatabase,
  removeDatabase,
} from "../../../components/tenant-database/function/databases.mjs";
import type { Declaration } from "../../../components/tenant-database/function/declaration.mjs";
import { changeOf } from "../../../components/tenant-database/function/event.mjs";
import { tenants } from "../../../components/tenant-database/function/index.mjs";
import { provisionerStatements } from "../../../components/tenant-database/function/provisioner.mjs";
import { quoted, userStatements } from "../../../components/tenant-database/function/sql.mjs";
import { signInToken } from "../../../components/tenant-database/function/token.mjs";

const declaration: Declaration = {
  mode: "database",
  name: "tenant_acme_app",
  connections: 20,
  timeouts: { statement: 60_000, idleInTransaction: 30_000, idle: 0 },
  extensions: ["pgcrypto"],
  users: [
    { name: "tenant_acme_app_shop", may: "write", connections: 10 },
    { name: "tenant_acme_app_ddl", may: "own", connections: 2 },
  ],
};

const server = {
  host: "prod-aws-use1-database.cluster-abc123.us-east-1.rds.amazonaws.com",
  port: 5432,
};
const event = (more: object = {}) => ({
  tf: { action: "create", prev_input: null },
  server,
  retain: true,
  declaration,
  ...more,
});

/** Records statements with their database. Queries are answered by what they contain. */
function recorder(answers: Readonly<Record<string, Record<string, unknown>[]>> = {}) {
  const ran: [string, string][] = [];
  const open = { now: 0 };
  const connect: Connect = async (database) => {
    open.now += 1;
    return {
      run: async (statement) => {
        ran.push([database, statement]);
        return Object.entries(answers).find(([part]) => statement.includes(part))?.[1] ?? [];
      },
      end: async () => {
        open.now -= 1;
      },
    };
  };
  const at = (database: string) =>
    ran.filter(([name]) => name === database).map(([, text]) => text);
  return { connect, ran, at, open };
}

describe("a database is made", () => {
  test("nobody can connect before its rights are set, and connections end", async () => {
    const { connect, at, open } = recorder();
    await makeDatabase(connect, declaration, { signIn: "rds_iam" });
    const outside = at("postgres");
    const order = [
      "SELECT pg_advisory_lock(hashtext('atoll tenants'))",
      'CREATE DATABASE "tenant_acme_app" ALLOW_CONNECTIONS false',
      'GRANT "rds_iam" TO "tenant_acme_app_shop"',
      'REVOKE ALL ON DATABASE "tenant_acme_app" FROM PUBLIC',
      'GRANT CONNECT ON DATABASE "tenant_acme_app" TO "tenant_acme_app", "tenant_acme_app_shop", "tenant_acme_app_ddl"',
      'ALTER DATABASE "tenant_acme_app" CONNECTION LIMIT 22',
      'ALTER DATABASE "tenant_acme_app" SET idle_in_transaction_session_timeout = 30000',
      'ALTER DATABASE "tenant_acme_app" ALLOW_CONNECTIONS true',
    ];
    assert.deepEqual(
      outside.filter((statement) => order.includes(statement)),
      order,
    );
    assert.equal(open.now, 0);
  });

  test("writers change rows, readers read, and only owners create", async () => {
    const { connect, at } = recorder();
    await makeDatabase(connect, declaration);
    const [owner, writer, reader] = ["owner", "writer", "reader"].map(
      (group) => `"tenant_acme_app_${group}"`,
    );
    const defaults = `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} GRANT`;
    assert.deepEqual(at("tenant_acme_app").slice(0, -1), [
      'REVOKE ALL ON SCHEMA "public" FROM PUBLIC',
      `GRANT USAGE, CREATE ON SCHEMA "public" TO ${owner}`,
      `GRANT USAGE ON SCHEMA "public" TO ${writer}, ${reader}`,
      'CREATE EXTENSION IF NOT EXISTS "pgcrypto"',
      `${defaults} USAGE ON SCHEMAS TO ${writer}, ${reader}`,
      `${defaults} SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${writer}`,
      `${defaults} SELECT ON TABLES TO ${reader}`,
      `${defaults} USAGE, SELECT ON SEQUENCES TO ${writer}`,
      `${defaults} SELECT ON SEQUENCES TO ${reader}`,
    ]);
  });

  test("users cannot create roles; owners act as their group; others cannot become it", () => {
    const statements = userStatements(declaration, undefined);
    assert.ok(
      statements.includes(
        'ALTER ROLE "tenant_acme_app_shop" LOGIN NOCREATEDB NOCREATEROLE INHERIT CONNECTION LIMIT 10',
      ),
    );
    assert.ok(
      statements.includes(
        'GRANT "tenant_acme_app_writer" TO "tenant_acme_app_shop" WITH INHERIT TRUE, SET FALSE',
      ),
    );
    assert.ok(statements.includes('REVOKE "tenant_acme_app_owner" FROM "tenant_acme_app_shop"'));
    assert.ok(
      statements.includes(
        'GRANT "tenant_acme_app_owner" TO "tenant_acme_app_ddl" WITH INHERIT FALSE, SET TRUE',
      ),
    );
    assert.ok(
      statements.includes(`ALTER ROLE "tenant_acme_app_ddl" SET role = 'tenant_acme_app_owner'`),
    );
  });

  test("it is not created again, and users that are gone are dropped after what they own", async () => {
    const { connect, at } = recorder({
      "FROM pg_database": [{ found: 1 }],
      "FROM pg_auth_members": [{ name: "tenant_acme_app_old" }],
    });
    await makeDatabase(connect, declaration);
    assert.equal(at("postgres").filter((text) => text.startsWith("CREATE DATABASE")).length, 0);
    assert.deepEqual(at("tenant_acme_app").slice(-3), [
      'REASSIGN OWNED BY "tenant_acme_app_old" TO "tenant_acme_app_owner"',
      'DROP OWNED BY "tenant_acme_app_old"',
      'DROP ROLE IF EXISTS "tenant_acme_app_old"',
    ]);
  });

  test("as a schema: its users have a fixed search path in the shared database", async () => {
    const { connect, at } = recorder();
    await makeDatabase(connect, { ...declaration, mode: "schema", extensions: [] });
    assert.ok(
      at("postgres").includes(
        'ALTER ROLE "tenant_acme_app_shop" IN DATABASE "atoll_tenants" SET search_path = "tenant_acme_app"',
      ),
    );
    assert.deepEqual(at("atoll_tenants").slice(0, 4), [
      'CREATE SCHEMA IF NOT EXISTS "tenant_acme_app"',
      "REVOKE ALL ON SCHEMA public FROM PUBLIC",
      'REVOKE ALL ON SCHEMA "tenant_acme_app" FROM PUBLIC',
      'GRANT USAGE, CREATE ON SCHEMA "tenant_acme_app" TO "tenant_acme_app_owner"',
    ]);
  });

  test("identifiers are quoted", () => {
    assert.equal(quoted('a"b'), '"a""b"');
  });
});

describe("a database is removed", () => {
  test("with its connections, its users and its groups", async () => {
    const { connect, at } = recorder({
      "FROM pg_database": [{ found: 1 }],
      "FROM pg_roles": [{ name: "tenant_acme_app_shop" }, { name: "tenant_acme_app" }],
    });
    await removeDatabase(connect, declaration);
    assert.deepEqual(at("postgres").slice(2, 4), [
      'ALTER DATABASE "tenant_acme_app" ALLOW_CONNECTIONS false',
      'DROP DATABASE IF EXISTS "tenant_acme_app" WITH (FORCE)',
    ]);
    assert.deepEqual(at("postgres").slice(-4), [
      'DROP OWNED BY "tenant_acme_app_shop" CASCADE',
      'DROP ROLE IF EXISTS "tenant_acme_app_shop"',
      'DROP OWNED BY "tenant_acme_app" CASCADE',
      'DROP ROLE IF EXISTS "tenant_acme_app"',
    ]);
  });

  test("again without an error, and never the database that tenants share", async () => {
    const gone = recorder();
    await removeDatabase(gone.connect, declaration);
    assert.ok(gone.ran.every(([, text]) => !text.startsWith("DROP DATABASE")));
    const schema = recorder({ "FROM pg_database": [{ found: 1 }] });
    await removeDatabase(schema.connect, { mode: "schema", name: "tenant_acme_app" });
    assert.ok(schema.ran.every(([, text]) => !text.startsWith("DROP DATABASE")));
    assert.deepEqual(
      schema.at("atoll_tenants")[0],
      'DROP SCHEMA IF EXISTS "tenant_acme_app" CASCADE',
    );
  });

  test("not while it is retained", async () => {
    process.env.AWS_REGION = "us-east-1";
    await assert.rejects(
      tenants(event({ tf: { action: "delete" } })),
      /tenant_acme_app is retained, and is not removed/,
    );
  });
});

describe("the input of the function", () => {
  const refused = (given: unknown, words: RegExp) =>
    assert.throws(() => changeOf(given, "us-east-1"), words);

  test("is what the engine sends, with the action of its lifecycle", () => {
    assert.equal(changeOf(event(), "us-east-1").action, "create");
    assert.deepEqual(changeOf(event(), "us-east-1").declaration, declaration);
  });

  test("is refused with other hosts, so that tokens and passwords go nowhere else", () => {
    for (const host of [
      "evil.example",
      "x.cluster-abc123.us-east-1.rds.amazonaws.com.evil.example",
      "x.cluster-abc123.eu-west-1.rds.amazonaws.com",
    ]) {
      refused(event({ server: { host, port: 5432 } }), /must be the writer of an Aurora cluster/);
    }
  });

  test("is refused with names that are not of tenants, unknown fields and actions", () => {
    const [shop] = declaration.users;
    const changed = (more: object) => event({ declaration: { ...declaration, ...more } });
    refused(changed({ name: "postgres" }), /name of a tenant's database/);
    refused(changed({ name: 'tenant_x"; DROP' }), /name of a tenant's database/);
    refused(changed({ users: [{ ...shop, name: "tenant_other_app_shop" }] }), /must begin with/);
    refused(changed({ users: [{ ...shop, name: "tenant_acme_app_owner" }] }), /name of a group/);
    refused(changed({ users: [{ ...shop, may: "all" }] }), /may must be one of/);
    refused(changed({ extensions: ["file_fdw"] }), /extensions must be of/);
    refused(
      changed({ timeouts: { statement: "1", idleInTransaction: 0, idle: 0 } }),
      /milliseconds/,
    );
    refused(changed({ connections: 0 }), /connections must be/);
    refused(changed({ sql: "DROP" }), /unknown fields: sql/);
    refused(event({ more: 1 }), /unknown fields: more/);
    refused(event({ tf: { action: "drop" } }), /tf.action is unknown/);
    refused("", /tf.action is unknown/);
  });
});

describe("the role that makes databases", () => {
  test("may create roles and databases, and lets them sign in with IAM; it is no superuser", () => {
    const text = provisionerStatements.join("\n");
    assert.match(text, /ALTER ROLE "atoll_tenants" LOGIN CREATEDB CREATEROLE CONNECTION LIMIT 50/);
    assert.match(text, /GRANT rds_iam TO "atoll_tenants" WITH ADMIN OPTION/);
    assert.doesNotMatch(text, /rds_superuser|SUPERUSER|PASSWORD/);
  });

  test("signs in with the token that AWS's own signer makes", () => {
    const token = signInToken(
      {
        host: "prod-db.cluster-abc123.eu-central-1.rds.amazonaws.com",
        port: 5432,
        user: "atoll_tenants",
        region: "eu-central-1",
      },
      {
        accessKeyId: "AKIDEXAMPLE",
        secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        sessionToken: "IQoJb3Jp//Z2lu+X2VjE==",
      },
      new Date("2027-03-04T05:06:07.890Z"),
    );
    const url = new URL(`https://${token}`);
    assert.equal(url.host, "prod-db.cluster-abc123.eu-central-1.rds.amazonaws.com:5432");
    // From @aws-sdk/rds-signer with the same time and credentials.
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      Action: "connect",
      DBUser: "atoll_tenants",
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": "AKIDEXAMPLE/20270304/eu-central-1/rds-db/aws4_request",
      "X-Amz-Date": "20270304T050607Z",
      "X-Amz-Expires": "900",
      "X-Amz-Security-Token": "IQoJb3Jp//Z2lu+X2VjE==",
      "X-Amz-Signature": "52f84411239b837782d562099069ce6ce99a5aaa10a959074c78bfeaaa34812c",
      "X-Amz-SignedHeaders": "host",
    });
  });
});
