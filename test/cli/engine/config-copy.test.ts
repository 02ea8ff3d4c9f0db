// Config files as text. What these tests cannot prove: that the engine accepts the copy; deploy.e2e.test.ts does.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse, stringify } from "yaml";
import { configCopy, saltOf, withConfig } from "../../../cli/engine/config-copy.ts";
import { clusterOf } from "../../../simulator/kubeconfig.ts";

const salt = "v1:mine";
const bound = `
secretsprovider: awskms://alias/pulumi
encryptedkey: AQID
environment:
  - shared/prod
config:
  # the owner
  atoll:manifest:
    kind: cell
    cluster: { version: "1.35", kubeconfig: { configKey: kubeconfig } }
    nodePools: { system: { nodes: [sel-1, sel-2] }, data: { nodes: [sel-3] } }
  atoll:kubeconfig:
    secure: v1:abc:def
  atoll:password: { secure: v1:xyz }
  atoll:tokens:
    nested: { secure: v1:ghi:jkl, plain: yes }
    inner: { secure: v1:ghi:jkl }
    list: [{ secure: v1:mno }, plain]
`;

describe("a rehearsal's copy of a config file", () => {
  test("uses no key, passphrase or environment of Pulumi Cloud", () => {
    const copy = parse(configCopy(`${bound}encryptionsalt: v1:real\n`, salt));
    assert.deepEqual(Object.keys(copy), ["config", "encryptionsalt"]);
    assert.equal(copy.encryptionsalt, salt);
  });

  test("replaces secrets at any depth, and keeps everything else", () => {
    const { config } = parse(configCopy(bound, salt));
    assert.equal(config["atoll:password"], "rehearsal");
    assert.deepEqual(config["atoll:tokens"], {
      nested: { secure: "v1:ghi:jkl", plain: "yes" },
      inner: "rehearsal",
      list: ["rehearsal", "plain"],
    });
    assert.deepEqual(config["atoll:manifest"], parse(bound).config["atoll:manifest"]);
  });

  test("replaces a secret kubeconfig by one that describes the site from the manifest", () => {
    const kubeconfig = parse(parse(configCopy(bound, salt)).config["atoll:kubeconfig"]);
    const { cluster } = kubeconfig.clusters[0];
    assert.equal(clusterOf({ kubeconfig: stringify(kubeconfig) }).server, cluster.server);
    const { site } = clusterOf({ kubeconfig: stringify(kubeconfig) });
    assert.equal(site?.version, "v1.35.0");
    assert.deepEqual(
      site?.nodes.map(({ name }) => name),
      ["sel-1", "sel-2", "sel-3"],
    );
  });

  test("keeps a kubeconfig that is not a secret", () => {
    const plain = bound.replace(
      "atoll:kubeconfig:\n    secure: v1:abc:def",
      "atoll:kubeconfig: mine",
    );
    assert.equal(parse(configCopy(plain, salt)).config["atoll:kubeconfig"], "mine");
  });

  test("holds stand-ins for what the manifest names and environments of Pulumi Cloud may give", () => {
    const given = bound
      .replace("  atoll:kubeconfig:\n    secure: v1:abc:def\n", "")
      .replace("kind: cell", "kind: cell\n    users: { clientSecret: { configKey: client } }");
    const { config } = parse(configCopy(given, salt));
    assert.equal(config["atoll:client"], "rehearsal");
    assert.equal(clusterOf({ kubeconfig: config["atoll:kubeconfig"] }).site?.version, "v1.35.0");
    const missing = given.replace("environment:\n  - shared/prod\n", "");
    assert.equal(parse(configCopy(missing, salt)).config["atoll:kubeconfig"], undefined);
  });

  test("keeps the salt of the previous copy", () => {
    assert.equal(saltOf(configCopy(bound, salt)), salt);
    assert.equal(saltOf(bound), undefined);
  });

  test("can have values for one run, which the next copy does not have", () => {
    const lifted = configCopy(bound, salt, { "atoll:protection": "lifted" });
    assert.equal(parse(lifted).config["atoll:protection"], "lifted");
    assert.equal(parse(configCopy(bound, salt)).config["atoll:protection"], undefined);
  });
});

test("a config file with an added value keeps its secrets provider", () => {
  const before = parse(bound);
  const after = parse(withConfig(bound, { "atoll:protection": "lifted" }));
  assert.deepEqual(after, {
    ...before,
    config: { ...before.config, "atoll:protection": "lifted" },
  });
});
