// What is taken from the engine's file. That the engine writes and takes such files is not proven here; that it takes the result in a
// rehearsal is what test/e2e would show.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type ImportFile,
  importable,
  select,
  wantedFrom,
} from "../../../cli/import/import-file.ts";

const file: ImportFile = {
  nameTable: { "aws-use1": "urn:pulumi:prod::atoll::pulumi:providers:aws::aws-use1" },
  resources: [
    { type: "pulumi:providers:gcp", name: "google", inputs: { project: "p" } },
    { type: "atoll:object-store:AwsObjectStore", name: "object-store", component: true },
    {
      type: "atoll:object-store:AwsBucket",
      name: "object-store-invoices",
      component: true,
      parent: "object-store",
    },
    {
      type: "aws:s3/bucket:Bucket",
      name: "object-store-invoicesBucket",
      logicalName: "object-store-invoices",
      id: "<PLACEHOLDER>",
      parent: "object-store-invoices",
      provider: "aws-use1",
    },
    {
      type: "aws:s3/bucketVersioning:BucketVersioning",
      name: "object-store-invoicesBucketVersioning",
      logicalName: "object-store-invoices",
      id: "<PLACEHOLDER>",
      parent: "object-store-invoices",
      provider: "aws-use1",
    },
    { type: "gcp:kms/keyRing:KeyRing", name: "ring", id: "<PLACEHOLDER>", provider: "google" },
  ],
};

test("components and providers are not imported by an id", () => {
  assert.deepEqual(
    importable(file).map(({ type }) => type),
    ["aws:s3/bucket:Bucket", "aws:s3/bucketVersioning:BucketVersioning", "gcp:kms/keyRing:KeyRing"],
  );
});

describe("an argument", () => {
  test("names a resource, and its type where that is needed; ids may have any characters", () => {
    assert.deepEqual(wantedFrom("network=vpc-01"), { name: "network", id: "vpc-01" });
    assert.deepEqual(wantedFrom("aws:s3/bucket:Bucket::store=a=b::c"), {
      type: "aws:s3/bucket:Bucket",
      name: "store",
      id: "a=b::c",
    });
  });

  test("without an id is none", () => {
    for (const argument of ["network", "network=", "=vpc-01"]) {
      assert.equal(wantedFrom(argument), undefined, argument);
    }
  });
});

describe("the file", () => {
  test("has what is wanted, the components above it, and the provider that the stack has", () => {
    const selection = select(file, [
      { type: "aws:s3/bucket:Bucket", name: "object-store-invoices", id: "acme-invoices" },
    ]);
    assert.deepEqual(selection.problems, []);
    assert.deepEqual(selection.file.nameTable, file.nameTable);
    assert.deepEqual(
      selection.file.resources?.map(({ type, id }) => [type, id]),
      [
        ["atoll:object-store:AwsObjectStore", undefined],
        ["atoll:object-store:AwsBucket", undefined],
        ["aws:s3/bucket:Bucket", "acme-invoices"],
      ],
    );
  });

  test("has the provider itself where the stack has none yet", () => {
    const selection = select(file, [{ name: "ring", id: "projects/p/locations/l/keyRings/r" }]);
    assert.equal(selection.file.nameTable, undefined);
    assert.deepEqual(
      selection.file.resources?.map(({ name }) => name),
      ["google", "ring"],
    );
  });

  test("what is unknown or not clear is told, all at once", () => {
    const { problems } = select(file, [
      { name: "object-store-invoices", id: "acme-invoices" },
      { name: "nothing", id: "x" },
    ]);
    assert.equal(problems.length, 2);
    assert.match(problems[0] ?? "", /several resources; write aws:s3\/bucket:Bucket::object-store/);
    assert.match(problems[1] ?? "", /^nothing: is not a resource that the stack would create/);
  });
});
