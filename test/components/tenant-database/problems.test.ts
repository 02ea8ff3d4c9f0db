// What is refused. Does not prove that the limits of a cell suffice for its tenants: that is the capacity model.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { databaseSettings, databaseTier } from "../../../components/tenant-database/schema.ts";
import { tenantDatabase } from "../../../components/tenant-database/section.ts";
import { given, tenantOn } from "./fixture.ts";

const { aws, gcp, onprem } = tenantDatabase.clouds;
const user = (service: string, more: object = {}) => ({ service, ...more });

describe("a tenant's databases are refused", () => {
  test("with every problem: too many, extensions, connections, and services that it does not have", () => {
    const problems = aws.check(
      given(
        "pool",
        { most: 1, connections: 10, extensions: ["citext"] },
        {
          databases: {
            app: {
              extensions: ["hstore"],
              users: { shop: user("web/storefrnt", { connections: 11 }) },
            },
            more: {},
          },
        },
      ),
      tenantOn("aws"),
    );
    assert.deepEqual(problems, [
      { path: "databases", message: "must be at most 1, the limit of the tier", got: 2 },
      {
        path: "databases.app.extensions",
        message: "must be extensions that the tier allows: citext",
        got: "hstore",
      },
      {
        path: "databases.app.users.shop.connections",
        message: "must be at most 10, the limit of the tier",
        got: 11,
      },
      {
        path: "databases.app.users.shop.service",
        message: 'must be a service of the tenant\'s namespaces, did you mean "web/storefront"?',
        got: "web/storefrnt",
      },
    ]);
  });

  test("as schemas with extensions, and as schemas where a search path cannot be fixed", () => {
    const schema = given("pool", { mode: "schema" });
    assert.deepEqual(
      aws.check(schema, tenantOn("aws")).map(({ path }) => path),
      ["databases.app.extensions"],
    );
    assert.match(gcp.check(schema, tenantOn("gcp"))[0]?.message ?? "", /Cloud SQL lets nobody fix/);
    assert.match(
      onprem.check(schema, tenantOn("onprem"))[0]?.message ?? "",
      /CloudNativePG has no setting/,
    );
    const bridge = given("bridge", { mode: "schema" });
    assert.deepEqual(gcp.check(bridge, tenantOn("gcp")), []);
  });

  test("on Google Cloud if a service is two users of one", () => {
    const twice = given(
      "pool",
      {},
      {
        databases: {
          app: { users: { shop: user("web/storefront"), read: user("web/storefront") } },
        },
      },
    );
    assert.deepEqual(
      gcp.check(twice, tenantOn("gcp")).map(({ path }) => path),
      ["databases.app.users.read.service"],
    );
    assert.deepEqual(aws.check(twice, tenantOn("aws")), []);
  });

  test("on-premises if a silo's namespace is one of its workloads'", () => {
    const spaces = { database: { services: { tool: {} } } };
    const own = given("silo", {}, { databases: { app: {} } });
    assert.deepEqual(
      onprem.check(own, tenantOn("onprem", { spaces })).map(({ path }) => path),
      ["databases"],
    );
    assert.deepEqual(
      onprem.check({ ...own, isolation: "pool" }, tenantOn("onprem", { spaces })),
      [],
    );
  });

  test("by names that would be ambiguous, or longer than PostgreSQL allows", () => {
    const messages = (databases: object) =>
      checkSpec(databaseSettings, { databases }, "database").problems.map(
        ({ path, message }) => `${path} ${message}`,
      );
    assert.equal(messages({ app_x: {} }).length, 1);
    assert.equal(messages({ abcdefghijklmno: {} }).length, 1);
    assert.match(
      messages({ app: { users: { writer: user("web/a") } } }).join(),
      /databases\.app\.users\.writer .*must not be owner, writer or reader: these are groups/,
    );
    assert.equal(messages({ app: { users: { u2345678901234567890x: user("web/a") } } }).length, 1);
    assert.deepEqual(
      messages({ appabcdefghijk: { users: { u234567890123456789x: user("web/a") } } }),
      [],
    );
  });

  test("in a tier with an extension that needs a superuser", () => {
    const { error } = databaseTier.safeParse({ extensions: ["file_fdw"] });
    assert.match(error?.issues[0]?.message ?? "", /must be a trusted extension: btree_gin/);
  });
});
