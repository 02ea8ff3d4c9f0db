// Encoding of bags. The engine tests prove that the engine reads them.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import fc from "fast-check";
import { decode, encode, hasUnknown, UNKNOWN } from "../../simulator/wire.ts";

const require = createRequire(import.meta.url);
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js");
const rpc = require("@pulumi/pulumi/runtime/rpc.js");

const json = fc.dictionary(
  fc.string({ minLength: 1 }).filter((key) => key !== "__proto__" && key !== rpc.specialSigKey),
  fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value")),
      fc.dictionary(
        fc.string().filter((key) => key !== "__proto__" && key !== rpc.specialSigKey),
        tie("value"),
        { noNullPrototype: true },
      ),
    ),
  })).value,
  { noNullPrototype: true },
);

test("any bag is decoded as it was encoded", () => {
  fc.assert(
    fc.property(json, (values) => {
      const bytes = encode({ values, secrets: [] }).serializeBinary();
      assert.deepEqual(decode(Struct.deserializeBinary(bytes)), {
        values: { ...values },
        secrets: [],
      });
    }),
  );
});

test("the signatures are the SDK's", () => {
  const secret = { [rpc.specialSigKey]: rpc.specialSecretSig, value: "v" };
  assert.equal(UNKNOWN, rpc.unknownValue);
  assert.deepEqual(decode(Struct.fromJavaScript({ a: secret })), {
    values: { a: "v" },
    secrets: ["/a"],
  });
  assert.deepEqual(encode({ values: { a: "v" }, secrets: ["/a"] }).toJavaScript(), { a: secret });
});

test("secrets keep their paths, nested, in lists and with special names", () => {
  const mark = (value: unknown) => ({ [rpc.specialSigKey]: rpc.specialSecretSig, value });
  const message = Struct.fromJavaScript({
    a: { "x/y~z": mark("s") },
    list: ["p", mark({ deep: mark(1) })],
  });
  const { values, secrets } = decode(message);
  assert.deepEqual(values, { a: { "x/y~z": "s" }, list: ["p", { deep: 1 }] });
  assert.deepEqual(secrets, ["/a/x~1y~0z", "/list/1", "/list/1/deep"]);
  assert.deepEqual(encode({ values, secrets }).toJavaScript(), message.toJavaScript());
});

test("output values are decoded: unknown without a value, secret by their flag", () => {
  const output = (fields: object) => ({
    [rpc.specialSigKey]: rpc.specialOutputValueSig,
    ...fields,
  });
  const message = Struct.fromJavaScript({
    known: output({ value: 1, dependencies: [] }),
    unknown: output({}),
    secret: output({ value: "s", secret: true }),
  });
  assert.deepEqual(decode(message), {
    values: { known: 1, unknown: UNKNOWN, secret: "s" },
    secrets: ["/secret"],
  });
});

test("references to resources become ids, or unknown without one", () => {
  const reference = (id: string) => ({
    [rpc.specialSigKey]: rpc.specialResourceSig,
    urn: "urn:x",
    id,
  });
  const message = Struct.fromJavaScript({ made: reference("vpc-1"), planned: reference("") });
  assert.deepEqual(decode(message).values, { made: "vpc-1", planned: UNKNOWN });
});

test("an asset keeps its signature, so that it is encoded as one again", () => {
  const asset = { [rpc.specialSigKey]: rpc.specialAssetSig, text: "hello" };
  const { values } = decode(Struct.fromJavaScript({ asset }));
  assert.deepEqual(encode({ values, secrets: [] }).toJavaScript(), { asset });
});

test("an unknown is found at any depth", () => {
  assert.equal(hasUnknown({ a: [{ b: UNKNOWN }] }), true);
  assert.equal(hasUnknown({ a: [{ b: "known" }] }), false);
});
