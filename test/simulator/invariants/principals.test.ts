// Principals of policies, without engine. Not proven here: which other principals AWS refuses.
import { test } from "node:test";
import { cloud, eachWithItsCloud, ROLE, refused, trust } from "../refused.ts";

eachWithItsCloud();

const account = "arn:aws:iam::111122223333";
const policy = (principal: unknown) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: principal, Action: "kms:Decrypt" }] });

test("a key policy can name a role only when it exists, service-linked or not", () => {
  const service = `${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  const own = `${account}:role/reader`;
  for (const arn of [service, own]) {
    refused(
      () =>
        cloud.make("aws:kms/key:Key", "k", { policy: policy({ AWS: [`${account}:root`, arn] }) }),
      "MalformedPolicyDocumentException",
      new RegExp(`invalid principals: ${arn}`),
    );
  }
  cloud.make(ROLE, "r", { name: "reader", assumeRolePolicy: trust });
  cloud.make("aws:iam/serviceLinkedRole:ServiceLinkedRole", "s", {
    awsServiceName: "autoscaling.amazonaws.com",
  });
  cloud.make("aws:kms/key:Key", "k", { policy: policy({ AWS: [service, own] }) });
});

test("anyone, whole accounts, services and other accounts are not looked up", () => {
  for (const [index, principal] of [
    "*",
    { AWS: `${account}:root` },
    { AWS: "arn:aws:iam::444455556666:role/theirs" },
    { Service: "ec2.amazonaws.com" },
  ].entries()) {
    cloud.make("aws:kms/key:Key", `k${index}`, { policy: policy(principal) });
  }
});

test("policies of buckets and trust policies are refused too", () => {
  const missing = policy({ AWS: `${account}:role/missing` });
  cloud.make("aws:s3/bucket:Bucket", "b", { bucket: "acme" });
  refused(
    () => cloud.make("aws:s3/bucketPolicy:BucketPolicy", "p", { bucket: "acme", policy: missing }),
    "MalformedPolicy",
    /role\/missing/,
  );
  refused(
    () => cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: missing }),
    "MalformedPolicyDocument",
    /role\/missing/,
  );
});
