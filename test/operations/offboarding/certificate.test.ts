// Signatures, and what holds a tenant back.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, test } from "node:test";
import {
  type Certificate,
  canonical,
  isSignedBy,
  readCertificate,
  signed,
  signingKey,
} from "../../../operations/offboarding/certificate.ts";
import { heldBack } from "../../../operations/offboarding/plan.ts";

const certificate: Certificate = {
  kind: "atoll.dev/offboarding-certificate",
  version: 1,
  atoll: "0.1.0",
  tenant: "acme",
  environment: "prod",
  rehearsal: true,
  started: "2026-12-01T00:00:00.000Z",
  ended: "2026-12-01T00:01:00.000Z",
  before: {},
  after: {},
  kept: [],
  hashes: { manifest: "", before: "", after: "" },
};

describe("a certificate", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const pub = publicKey.export({ type: "spki", format: "pem" }).toString();

  test("is valid with its key, whatever the order of its fields", () => {
    const done = signed(certificate, signingKey(pem));
    assert.equal(isSignedBy(done, pub), true);
    const turned = Object.fromEntries(Object.entries(certificate).reverse());
    assert.equal(isSignedBy({ ...done, certificate: turned as never }, pub), true);
    assert.equal(
      canonical({ b: [1, { d: 2, c: null }], a: "x" }),
      '{"a":"x","b":[1,{"c":null,"d":2}]}',
    );
  });

  test("is not valid once it is changed, or with another key", () => {
    const done = signed(certificate, signingKey(pem));
    assert.equal(
      isSignedBy({ ...done, certificate: { ...certificate, tenant: "ash" } }, pub),
      false,
    );
    const other = generateKeyPairSync("ed25519").publicKey;
    const otherPub = other.export({ type: "spki", format: "pem" }).toString();
    assert.equal(isSignedBy(done, otherPub), false);
  });

  test("is read from its file, and nothing may stand beside what is signed", () => {
    const done = signed(certificate, signingKey(pem));
    assert.deepEqual(readCertificate(JSON.stringify(done)), done);
    const more = JSON.stringify({ ...done, valid: true });
    assert.throws(() => readCertificate(more), /the certificate: valid: unknown field/);
    const empty = JSON.stringify({ certificate: {}, signature: {} });
    assert.throws(() => readCertificate(empty), /signature\.value: is required/);
  });

  test("is not verified with the private key, which nobody else should have", () => {
    const done = signed(certificate, signingKey(pem));
    assert.throws(() => isSignedBy(done, pem), /the key must be the public one/);
  });

  test("is not signed with a key of another kind", () => {
    const { privateKey: rsa } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const rsaPem = rsa.export({ type: "pkcs8", format: "pem" }).toString();
    assert.throws(() => signingKey(rsaPem), /must be an Ed25519 key, not rsa/);
  });
});

test("a legal hold holds a tenant back until its last day, or until it is removed", () => {
  const tenant = { stack: "prod.acme", moving: undefined } as never as Parameters<
    typeof heldBack
  >[0];
  const held = (until: string | undefined, today: string) =>
    heldBack(
      { ...tenant, legalHold: { reason: "case 17", ...(until === undefined ? {} : { until }) } },
      today,
    );
  assert.match(held("2027-03-31", "2027-03-31") ?? "", /until 2027-03-31: case 17/);
  assert.equal(held("2027-03-31", "2027-04-01"), undefined);
  assert.match(held(undefined, "2027-04-01") ?? "", /until it is lifted/);
});
