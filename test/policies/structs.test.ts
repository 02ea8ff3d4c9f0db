import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import fc from "fast-check";
import { BinaryReader } from "google-protobuf";
import { readStruct } from "../../policies/structs.ts";

const { Struct } = createRequire(import.meta.url)("google-protobuf/google/protobuf/struct_pb.js");

const properties = fc.dictionary(
  fc.string({ unit: "binary" }).filter((key) => key !== "__proto__"),
  fc.jsonValue({ stringUnit: "binary" }),
);

describe("properties of a request", () => {
  test("are what the library reads, whatever they hold", () => {
    fc.assert(
      fc.property(properties, (given) => {
        const bytes = Struct.fromJavaScript(given).serializeBinary();
        const read = readStruct(new Struct(), new BinaryReader(bytes)).toJavaScript();
        assert.deepEqual(read, Struct.deserializeBinary(bytes).toJavaScript());
        assert.deepEqual(Object.keys(read).sort(), Object.keys(given).sort());
      }),
    );
  });
});
