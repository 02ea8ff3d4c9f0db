// Rules of the security groups of resolver endpoints, at their number and one above.
import assert from "node:assert/strict";
import { test } from "node:test";
import { resolverProblems } from "../../../components/private-dns/resolver-problems.ts";

const addresses = (count: number) =>
  Array.from({ length: count }, (_, index) => `10.40.0.${index + 1}`);

const said = (inbound: number, outbound: number) =>
  resolverProblems({
    cells: {
      "aws-use1": {
        cloud: "aws",
        zone: "aws-use1.prod.acme.internal",
        profile: false,
        resolvers: {
          zones: [],
          admits: { sites: addresses(inbound).map((each) => `${each}/32`) },
          forwards: { sites: { zone: "sel.prod.acme.internal", targets: addresses(outbound) } },
        },
      },
    },
  }).map(({ message, got }) => `${message} (got ${got})`);

test("endpoints have rules for 30 addresses in each direction, with UDP and TCP", () => {
  assert.deepEqual(said(30, 30), []);
  assert.match(said(31, 1).join(), /"aws-use1" at most 30 addresses.*\(got 31\)/);
  assert.match(said(1, 31).join(), /"aws-use1" at most 30 addresses.*\(got 31\)/);
});
