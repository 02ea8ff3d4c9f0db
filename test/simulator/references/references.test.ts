// Values that are treated as references. A real cloud knows more names than these rules.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AwsPlace, GcpPlace } from "../../../simulator/place.ts";
import {
  accountHandle,
  arnHandles,
  awsId,
  pathHandles,
} from "../../../simulator/references/forms.ts";
import { candidatesIn, handlesOf } from "../../../simulator/references/index.ts";
import { namedType } from "../../../simulator/references/names.ts";
import { resourceSchema } from "../../../simulator/schema/index.ts";

const aws: AwsPlace = {
  cloud: "aws",
  key: "aws/111122223333/us-east-1",
  account: "111122223333",
  region: "us-east-1",
  partition: "aws",
};
const gcp: GcpPlace = {
  cloud: "gcp",
  key: "gcp/acme",
  project: "acme",
  projectNumber: "123456789012",
  region: "europe-west1",
  zone: undefined,
};

test("EC2 ids are recognized by their format, images and words are not ids", () => {
  for (const id of [
    "vpc-0123456789abcdef0",
    "subnet-0123456789abcdef0",
    "tgw-attach-0123456789abcdef0",
    "vpce-svc-0123456789abcdef0",
    "rslvr-frg-0123456789abcdef",
  ]) {
    assert.ok(awsId.test(id), id);
  }
  for (const text of [
    "ami-0123456789abcdef0",
    "vpc-production",
    "sg-",
    "10.0.0.0/16",
    "pl-63a5400a",
  ]) {
    assert.ok(!awsId.test(text), text);
  }
});

test("an ARN is looked up by itself and by its parents", () => {
  const group = "arn:aws:logs:us-east-1:111122223333:log-group:/eks/a";
  assert.equal(arnHandles(`${group}:*`, aws)?.[0], group);
  assert.ok(arnHandles("arn:aws:s3:::bucket/prefix/x", aws)?.includes("arn:aws:s3:::bucket"));
});

test("ARNs of other accounts, of AWS, of whole accounts and patterns are not references", () => {
  for (const arn of [
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy",
    "arn:aws:iam::444455556666:role/theirs",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
    "arn:aws:sqs:us-east-1:111122223333:app-*",
  ]) {
    assert.equal(arnHandles(arn, aws), undefined, arn);
  }
});

test("Google's links and paths are converted to one format, by project id or number", () => {
  const path = "projects/acme/global/networks/n";
  for (const text of [
    path,
    `https://www.googleapis.com/compute/v1/${path}`,
    "projects/123456789012/global/networks/n",
  ]) {
    assert.equal(pathHandles(text, gcp)?.[0], path, text);
  }
  const key = "projects/acme/locations/global/keyRings/r/cryptoKeys/k";
  assert.ok(pathHandles(`${key}/cryptoKeyVersions/3`, gcp)?.includes(key));
});

test("built-in resources and those of other projects are not references", () => {
  for (const text of [
    "projects/debian-cloud/global/images/family/debian-12",
    "projects/acme/zones/europe-west1-b/machineTypes/n4-standard-4",
    "projects/acme/global/gateways/default-internet-gateway",
    "projects/acme",
    "projects/other/global/networks/n",
  ]) {
    assert.equal(pathHandles(text, gcp), undefined, text);
  }
});

test("service accounts of the project are references, Google's agents are not", () => {
  assert.equal(
    accountHandle("serviceAccount:a@acme.iam.gserviceaccount.com", gcp),
    "a@acme.iam.gserviceaccount.com",
  );
  assert.equal(accountHandle("serviceAccount:acme.svc.id.goog[ns/sa]", gcp), "acme.svc.id.goog");
  assert.equal(accountHandle("service-1@compute-system.iam.gserviceaccount.com", gcp), undefined);
  assert.equal(accountHandle("user:a@acme.example", gcp), undefined);
});

test("a property refers to a type of its module with the same noun, or to the type in the table", () => {
  const meant: Record<string, string | undefined> = {
    "aws:eks/nodeGroup:NodeGroup.clusterName": "aws:eks/cluster:Cluster",
    "aws:eks/cluster:Cluster.clusterName": undefined,
    "aws:cloudwatch/eventTarget:EventTarget.rule": "aws:cloudwatch/eventRule:EventRule",
    "aws:rds/clusterInstance:ClusterInstance.clusterIdentifier": "aws:rds/cluster:Cluster",
    "aws:rds/cluster:Cluster.clusterIdentifier": undefined,
    "aws:s3/bucketPolicy:BucketPolicy.bucket": "aws:s3/bucket:Bucket",
    "gcp:compute/routerNat:RouterNat.router": "gcp:compute/router:Router",
    "gcp:container/cluster:Cluster.network": "gcp:compute/network:Network",
    "gcp:kms/cryptoKey:CryptoKey.keyRing": "gcp:kms/keyRing:KeyRing",
    "aws:ec2/vpc:Vpc.cidrBlock": undefined,
  };
  for (const [property, type] of Object.entries(meant)) {
    const cut = property.lastIndexOf(".");
    assert.equal(namedType(property.slice(0, cut), property.slice(cut + 1)), type, property);
  }
});

test("references are found at any depth, but not in tags, labels, policies or the resource's own name", () => {
  const inputs = {
    name: "cluster",
    roleArn: "arn:aws:iam::111122223333:role/r",
    vpcConfig: { subnetIds: ["subnet-0123456789abcdef0"], securityGroupIds: [] },
    tags: { network: "vpc-0123456789abcdef0" },
  };
  assert.deepEqual(
    candidatesIn(resourceSchema("aws:eks/cluster:Cluster")!, inputs, aws).map(
      ({ property }) => property,
    ),
    ["roleArn", "vpcConfig.subnetIds[0]"],
  );
  const policy = {
    role: "r",
    policy: '{"Statement":[{"Resource":"arn:aws:sqs:us-east-1:111122223333:q"}]}',
  };
  assert.deepEqual(
    candidatesIn(resourceSchema("aws:iam/rolePolicy:RolePolicy")!, policy, aws).map(
      ({ property }) => property,
    ),
    ["role"],
  );
});

test("a bucket's name is valid in every region and account, a key only in its own", () => {
  const scopeOf = (type: string, property: string, name: string) => {
    const schema = resourceSchema(type);
    assert.ok(schema);
    const handles = handlesOf(schema, name, { [property]: name }, { [property]: name }, aws);
    return handles.find(({ handle }) => handle === `${type}=${name}`)?.scope;
  };
  assert.equal(scopeOf("aws:s3/bucket:Bucket", "bucket", "prod-audit"), "");
  assert.equal(scopeOf("aws:kms/key:Key", "keyId", "0f1e2d3c"), aws.key);
});
