// Invalid settings and their messages. The ownership of a domain is not proven here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { dnsSettings, onpremDnsSettings } from "../../../components/private-dns/schema.ts";

const reported = (
  settings: object,
  schema: typeof dnsSettings | typeof onpremDnsSettings = dnsSettings,
) =>
  checkSpec(schema as typeof dnsSettings, settings, "dns").problems.map(
    ({ path, message, got }) => `${path}: ${message} (${JSON.stringify(got)})`,
  );

test("only a domain is required", () => {
  assert.deepEqual(reported({ domain: "local.acme.internal" }), []);
});

for (const domain of [
  "internal",
  "acme.internal.",
  "*.acme.internal",
  "Acme.internal",
  "10.0.0.1",
]) {
  test(`${domain} is not a domain of two labels or more`, () => {
    const [line = "", ...more] = reported({ domain });
    assert.match(line, /^dns: domain: must be a domain of two labels or more/);
    assert.ok(line.endsWith(`(${JSON.stringify(domain)})`));
    assert.equal(more.length, 0);
  });
}

for (const domain of ["acme.local", "x.compute.internal", "private.googleapis.com"]) {
  test(`${domain} has other authoritative servers`, () => {
    assert.match(
      reported({ domain })[0] ?? "",
      /^dns: domain: must not be below "[a-z.]+", which has other/,
    );
  });
}

test("resolvers of a site are one to six addresses", () => {
  assert.match(reported({ resolvers: [] }, onpremDnsSettings)[0] ?? "", /resolvers/);
  const many = Array.from({ length: 7 }, (_, n) => `10.40.0.${n + 1}`);
  assert.match(
    reported({ resolvers: many }, onpremDnsSettings)[0] ?? "",
    /must be at most 6 addresses/,
  );
  assert.match(
    reported({ resolvers: ["dns1"] }, onpremDnsSettings)[0] ?? "",
    /must be an IPv4 address/,
  );
});
