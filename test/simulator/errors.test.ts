// The format of errors in each provider.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CloudError, refusalText } from "../../simulator/errors.ts";

test("each cloud's errors have the format of its client library", () => {
  const taken = new CloudError("InvalidSubnet.Conflict", "The CIDR conflicts");
  assert.equal(
    refusalText("aws:ec2/subnet:Subnet", "creating", taken),
    "creating EC2 Subnet: api error InvalidSubnet.Conflict: The CIDR conflicts",
  );
  const twin = new CloudError("alreadyExists", "The resource 'n' already exists");
  assert.equal(
    refusalText("gcp:compute/network:Network", "creating", twin),
    "googleapi: Error 409: The resource 'n' already exists, alreadyExists",
  );
  const missing = new CloudError("NotFound", 'namespaces "app" not found');
  assert.equal(
    refusalText("kubernetes:core/v1:Pod", "creating", missing),
    'creating: NotFound: namespaces "app" not found',
  );
});

test("common failures have each cloud's own code", () => {
  const throttled = new CloudError("ThrottlingException", "Rate exceeded");
  assert.match(refusalText("aws:ec2/vpc:Vpc", "creating", throttled), /ThrottlingException/);
  assert.match(
    refusalText("gcp:compute/network:Network", "creating", throttled),
    /Error 429: Rate exceeded, rateLimitExceeded/,
  );
  assert.match(refusalText("kubernetes:core/v1:Pod", "creating", throttled), /TooManyRequests/);
});
