// SQL through Cloud SQL's API, and invocations of functions, without engine. Does not run the SQL, or the function.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { type Played, playedCloud } from "../../support/played-cloud.ts";

let cloud: Played;
beforeEach(() => {
  cloud = playedCloud();
});
afterEach(() => cloud.stop());

describe("SQL that Cloud SQL's API runs", () => {
  const run = (settings: object, database = "postgres") => {
    const instance = cloud.make("gcp:sql/databaseInstance:DatabaseInstance", "db", {
      name: "db",
      databaseVersion: "POSTGRES_17",
      region: "europe-west1",
      settings: { tier: "db-perf-optimized-N-2", ...settings },
    });
    return cloud.make("gcp:sql/provisionScript:ProvisionScript", "script", {
      instance: instance.state.name,
      database,
      script: "SELECT 1;",
    });
  };

  test("needs an instance that allows it", () => {
    assert.throws(() => run({}), /the Data API is not enabled on instance db/);
  });

  test("runs in the database that every instance has, and in no other that does not exist", () => {
    assert.equal(run({ dataApiAccess: "ALLOW_DATA_API" }).inputs.database, "postgres");
    cloud.stop();
    cloud = playedCloud();
    assert.throws(() => run({ dataApiAccess: "ALLOW_DATA_API" }, "shop"), /'shop' was not found/);
  });
});

describe("an invocation of a function", () => {
  const input = JSON.stringify({ declaration: { name: "tenant_acme_app" } });
  const invoke = (functionName: string) =>
    cloud.make("aws:lambda/invocation:Invocation", "made", { functionName, input });

  test("needs the function", () => {
    assert.throws(() => invoke("missing"), /missing/);
  });

  test("has the answer of Atoll's functions as its result", () => {
    const role = cloud.make("aws:iam/role:Role", "role", {
      name: "role",
      assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
    });
    cloud.make("aws:lambda/function:Function", "function", {
      name: "databases",
      role: role.state.arn,
      runtime: "nodejs24.x",
      handler: "index.tenants",
      code: { assets: {} },
    });
    const made = invoke("databases");
    assert.equal(made.state.result, '{"name":"tenant_acme_app"}');
    assert.match(made.id, /^databases_\$LATEST_[0-9a-f]{32}$/);
  });
});
