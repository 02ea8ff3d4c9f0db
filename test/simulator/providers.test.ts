// The configuration of a call, and its content.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { clusterOf } from "../../simulator/kubeconfig.ts";
import { accountOf, placeOf } from "../../simulator/place.ts";
import { diffConfig } from "../../simulator/provider-config.ts";
import { Providers } from "../../simulator/providers.ts";
import { resourceSchema } from "../../simulator/schema/index.ts";
import { Store } from "../../simulator/store.ts";
import { UNKNOWN } from "../../simulator/wire.ts";

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "atoll-providers-"));
  store = new Store(path.join(folder, "cloud.db"));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const urn = (stack: string, name: string, pack = "aws") =>
  `urn:pulumi:${stack}::p::pulumi:providers:${pack}::${name}`;

test("a connection uses its own provider, even if the stack has another", () => {
  const providers = new Providers(store);
  providers.configure("peer-1", urn("s", "use1"), { region: "us-east-1" });
  providers.configure("peer-2", urn("s", "euw1"), { region: "eu-west-1" });
  assert.equal(providers.configOf("peer-1", "aws", "s").region, "us-east-1");
  assert.equal(providers.configOf("peer-2", "aws", "s").region, "eu-west-1");
});

test("an unknown connection uses the stack's only provider, also in another process", () => {
  new Providers(store).configure("peer-1", urn("s", "use1"), { region: "us-east-1" });
  new Providers(store).configure("peer-1", urn("other", "euw1"), { region: "eu-west-1" });
  assert.equal(new Providers(store).configOf("peer-9", "aws", "s").region, "us-east-1");
});

test("an unknown connection is refused if the stack has none or several", () => {
  const providers = new Providers(store);
  providers.configure("peer-1", urn("s", "use1"), { region: "us-east-1" });
  providers.configure("peer-2", urn("s", "euw1"), { region: "eu-west-1" });
  assert.throws(() => providers.configOf("peer-9", "aws", "s"), /has 2 of them on record/);
  assert.throws(() => providers.configOf("peer-9", "gcp", "s"), /has 0 of them on record/);
  assert.throws(() => providers.configOf("peer-9", "aws"), /run the operation again/);
});

test("configuring is idempotent", () => {
  const providers = new Providers(store);
  for (const region of ["us-east-1", "us-east-1", "us-west-2"])
    providers.configure("peer", urn("s", "a"), { region });
  assert.equal(providers.configOf("peer", "aws", "s").region, "us-west-2");
  assert.equal(store.providersOf("s", "aws").length, 1);
});

test("a resource is in its own region, or else in its provider's", () => {
  const vpc = resourceSchema("aws:ec2/vpc:Vpc");
  const key = (inputs: object, config: object) =>
    placeOf("aws:ec2/vpc:Vpc", vpc, { ...inputs }, { ...config }).key;
  assert.equal(key({}, { region: "us-east-1" }), "aws/111122223333/us-east-1");
  assert.equal(key({ region: "eu-west-1" }, { region: "us-east-1" }), "aws/111122223333/eu-west-1");
  assert.equal(
    key({}, { region: "us-east-1", allowedAccountIds: '["444455556666"]' }),
    "aws/444455556666/us-east-1",
  );
  const role = placeOf(
    "aws:iam/role:Role",
    resourceSchema("aws:iam/role:Role"),
    {},
    { region: "us-east-1" },
  );
  assert.equal(role.key, "aws/111122223333");
  assert.throws(
    () => placeOf("gcp:compute/network:Network", undefined, {}, {}),
    /project: required field is not set/,
  );
});

test("the account is that of the assumed role", () => {
  assert.equal(
    accountOf({ assumeRoles: [{ roleArn: "arn:aws:iam::777788889999:role/deploy" }] }),
    "777788889999",
  );
});

describe("a kubernetes provider, by the rules of pulumi-kubernetes", () => {
  const type = "pulumi:providers:kubernetes";
  const entry = { server: "https://a", "certificate-authority-data": "b25l" };
  const config = (cluster: object, user: object = { token: "one" }) =>
    JSON.stringify({
      clusters: [{ name: "c", cluster }],
      users: [{ name: "u", user }],
      contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
      "current-context": "x",
    });
  const before = { kubeconfig: config(entry) };
  const others: [string, object][] = [
    ["address", { server: "https://b" }],
    ["certificate authority", { "certificate-authority-data": "dHdv" }],
    ["proxy", { "proxy-url": "https://proxy:3128" }],
    ["server name of TLS", { "tls-server-name": "kubernetes" }],
  ];

  for (const [what, change] of others) {
    const after = { kubeconfig: config({ ...entry, ...change }) };

    test(`another ${what} is another cluster`, () => {
      assert.deepEqual(diffConfig(type, before, after), {
        changed: ["kubeconfig"],
        replaces: ["kubeconfig"],
      });
    });

    test(`with an identifier, another ${what} is the same cluster`, () => {
      const id = { clusterIdentifier: "uid" };
      assert.deepEqual(diffConfig(type, { ...before, ...id }, { ...after, ...id }), {
        changed: ["kubeconfig"],
        replaces: [],
      });
    });
  }

  test("credentials are not part of the cluster", () => {
    const after = { kubeconfig: config(entry, { token: "two" }) };
    assert.deepEqual(diffConfig(type, before, after), { changed: ["kubeconfig"], replaces: [] });
  });

  test("an unknown kubeconfig replaces everything, unless the identifier is the same", () => {
    const after = { kubeconfig: UNKNOWN };
    const id = { clusterIdentifier: "uid" };
    assert.deepEqual(diffConfig(type, before, after).replaces, ["kubeconfig"]);
    assert.deepEqual(diffConfig(type, { ...before, ...id }, { ...after, ...id }).replaces, []);
  });

  test("another identifier is another cluster; a first one is not", () => {
    const [one, two, unknown] = ["1", "2", UNKNOWN].map((clusterIdentifier) => ({
      ...before,
      clusterIdentifier,
    }));
    assert.deepEqual(diffConfig(type, one ?? {}, two ?? {}).replaces, ["clusterIdentifier"]);
    assert.deepEqual(diffConfig(type, one ?? {}, unknown ?? {}).replaces, ["clusterIdentifier"]);
    assert.deepEqual(diffConfig(type, before, one ?? {}).replaces, []);
    assert.deepEqual(diffConfig(type, one ?? {}, before).replaces, []);
  });

  test("no change is no difference", () => {
    assert.deepEqual(diffConfig(type, before, before), { changed: [], replaces: [] });
  });
});

test("another region of a provider replaces nothing by itself", () => {
  assert.deepEqual(diffConfig("pulumi:providers:aws", { region: "a" }, { region: "b" }), {
    changed: ["region"],
    replaces: [],
  });
});

test("adding a role or a service account to a provider replaces nothing", () => {
  const changes: [string, object][] = [
    ["aws", { assumeRoles: '[{"roleArn":"arn:aws:iam::111122223333:role/deploy"}]' }],
    ["gcp", { impersonateServiceAccount: "deploy@acme-prod.iam.gserviceaccount.com" }],
  ];
  for (const [name, change] of changes) {
    const { changed, replaces } = diffConfig(`pulumi:providers:${name}`, {}, { ...change });
    assert.deepEqual([changed, replaces], [Object.keys(change), []]);
  }
});

test("the cluster of a kubeconfig is that of its current or chosen context", () => {
  const two = JSON.stringify({
    "current-context": "one",
    contexts: [
      { name: "one", context: { cluster: "c1", namespace: "team" } },
      { name: "two", context: { cluster: "c2" } },
    ],
    clusters: [
      { name: "c1", cluster: { server: "https://one" } },
      { name: "c2", cluster: { server: "https://two" } },
    ],
  });
  assert.deepEqual(clusterOf({ kubeconfig: two }), {
    server: "https://one",
    namespace: "team",
    site: undefined,
  });
  assert.equal(clusterOf({ kubeconfig: two, context: "two" }).server, "https://two");
});

test("a string that is not a kubeconfig is refused", () => {
  for (const given of ["~/.kube/config", "{", "kind: Config", undefined]) {
    assert.throws(
      () => clusterOf({ kubeconfig: given }),
      { code: "InvalidConfiguration" },
      String(given),
    );
  }
});
