// The limits come from API references. Does not prove that clouds enforce them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  longestNameOf,
  type NameKind,
  nameKinds,
  nameProblems,
  physicalName,
} from "../../../components/core/naming.ts";
import { nameIn } from "../../../components/core/place.ts";

const kind = fc.constantFrom(...nameKinds);
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,40}$/);
const parts = fc.array(word, { minLength: 1, maxLength: 9 });

/** Valid full names, written independently of the tested table. */
const accepted: Partial<Record<NameKind, RegExp>> = {
  "eks-cluster": /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/,
  "iam-role": /^[\w+=,.@-]{1,64}$/,
  "sqs-queue": /^[A-Za-z0-9_-]{1,80}$/,
  "sqs-fifo-queue": /^[A-Za-z0-9_-]{1,75}\.fifo$/,
  pubsub: /^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$/,
  "launch-template": /^[a-zA-Z0-9().\-/_]{3,128}$/,
  "log-group": /^[.\-_/#A-Za-z0-9]{1,512}$/,
  "kms-alias": /^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/,
  "rds-cluster": /^[a-z](?!.*--)[a-z0-9-]{0,61}[a-z0-9]$|^[a-z]$/,
  "rds-proxy": /^[a-z](?!.*--)[a-z0-9-]{0,58}[a-z0-9]$|^[a-z]$/,
  "elasticache-group": /^[a-z](?!.*--)[a-z0-9-]{0,38}[a-z0-9]$|^[a-z]$/,
  "s3-bucket": /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  "gcp-compute": /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  "gcp-psc-endpoint": /^[a-z][a-z0-9]{0,19}$/,
  "gke-cluster": /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
  "gke-node-pool": /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
  "gcp-service-account": /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/,
  "kms-key-ring": /^[a-zA-Z0-9_-]{1,63}$/,
  "event-rule": /^[.\-_A-Za-z0-9]{1,64}$/,
  "k8s-label": /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
};

describe("a physical name", () => {
  test("fits its kind, however long its parts are", () => {
    fc.assert(
      fc.property(kind, parts, (of, given) => {
        fc.pre(nameProblems(of, given).length === 0);
        const name = physicalName(of, given);
        assert.ok(name.length <= longestNameOf(of), `${of}: ${name}`);
        assert.match(name, accepted[of] ?? /^[a-zA-Z0-9/]([a-zA-Z0-9/_.-]*[a-zA-Z0-9])?$/);
      }),
      { numRuns: 500 },
    );
  });

  test("is the same every time and differs for different parts", () => {
    fc.assert(
      fc.property(kind, parts, parts, (of, one, other) => {
        fc.pre([one, other].every((given) => nameProblems(of, given).length === 0));
        assert.equal(physicalName(of, one), physicalName(of, [...one]));
        const separator = of === "gcp-psc-endpoint" ? "" : "-";
        if (one.join(separator) !== other.join(separator)) {
          assert.notEqual(physicalName(of, one), physicalName(of, other));
        }
      }),
    );
  });

  test("is its parts joined when they fit", () => {
    assert.equal(
      physicalName("iam-role", ["prod", "aws-use1", "flow-logs"]),
      "prod-aws-use1-flow-logs",
    );
    assert.equal(physicalName("log-group", ["prod", "flow"]), "/prod/flow");
    assert.equal(physicalName("kms-alias", ["prod", "logs"]), "alias/prod/logs");
  });

  test("keeps the suffix of its kind, also when it is shortened", () => {
    assert.equal(physicalName("sqs-fifo-queue", ["prod", "orders"]), "prod-orders.fifo");
    const long = physicalName("sqs-fifo-queue", ["prod", "x".repeat(90)]);
    assert.equal(long.length, 80);
    assert.match(long, /-[0-9a-f]{8}\.fifo$/);
  });

  test("is shortened by a hash that never changes between releases", () => {
    assert.equal(
      physicalName("gke-cluster", ["production", "gcp-europe-west1", "customer-facing"]),
      "production-gcp-europe-west1-cus-3813031f",
    );
    assert.equal(physicalName("gcp-service-account", ["a", "b"]), "a-b-d44362d6");
  });
});

describe("invalid parts of names", () => {
  for (const [of, given, message] of [
    ["gcp-compute", ["Prod"], /lower case letters, digits and hyphens.*"Prod"/],
    ["iam-role", ["a b"], /part 1/],
    ["iam-role", [""], /start and end with a letter or digit/],
    ["iam-role", ["-a"], /start and end with a letter or digit/],
    ["iam-role", [], /must not be empty/],
    ["rds-cluster", ["a--b"], /single hyphens/],
    ["elasticache-group", ["a", "b--c"], /single hyphens/],
    ["gcp-compute", ["1a"], /must start with a letter/],
    ["security-group", ["sg-1"], /must not begin with "sg-", which EC2 reserves/],
    ["gcs-bucket", ["google"], /Google reserves in names of buckets/],
    ["gcs-bucket", ["prod", "my-g00gle"], /Google reserves in names of buckets/],
    ["s3-bucket", ["sthree-logs"], /S3 reserves/],
    ["s3-bucket", ["prod", "a-s3alias"], /S3 reserves/],
    ["kms-alias", ["aws", "logs"], /KMS reserves alias\/aws\//],
    ["pubsub", ["google-events"], /Google reserves in names of topics/],
    ["workload-identity-pool", ["gcp", "ci"], /Google reserves in ids of workload/],
  ] as const satisfies [NameKind, string[], RegExp][]) {
    test(`${of} of ${JSON.stringify(given)} is rejected`, () => {
      assert.throws(() => physicalName(of, given), { code: "name-invalid", message });
    });
  }
});

test("a name in a cell starts with its environment and cell", () => {
  const place = { environment: "prod", cell: "aws-use1" };
  assert.equal(nameIn(place, "sqs-queue", "karpenter"), "prod-aws-use1-karpenter");
  assert.equal(nameIn({ environment: "prod" }, "kms-alias", "logs"), "alias/prod/logs");
});
