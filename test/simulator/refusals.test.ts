// What the embedded cloud refuses, without engine. The words follow the clouds' own errors; that a real cloud refuses in just
// these cases, and in no others, cannot be proven here.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import type { Resource } from "../../simulator/store.ts";
import type { Bag } from "../../simulator/wire.ts";
import { type Played, playedCloud } from "../support/played-cloud.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const ROLE = "aws:iam/role:Role";
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });

let cloud: Played;
beforeEach(() => {
  cloud = playedCloud();
});
afterEach(() => cloud.stop());

const vpc = (name = "vpc", cidrBlock = "10.0.0.0/16", config?: Bag) =>
  cloud.make(VPC, name, { cidrBlock }, config);
const subnet = (parent: Resource, name: string, cidrBlock: string, zone = "us-east-1a") =>
  cloud.make(SUBNET, name, { vpcId: parent.id, cidrBlock, availabilityZone: zone });
const refused = (work: () => unknown, code: string, words: RegExp) =>
  assert.throws(work, (error: Error & { code?: string }) => {
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
    return true;
  });

describe("dangling references", () => {
  test("an id that nobody made is refused", () => {
    const ghost = { vpcId: "vpc-0123456789abcdef0", cidrBlock: "10.0.0.0/24" };
    refused(
      () => cloud.make(SUBNET, "a", ghost),
      "InvalidVpcID.NotFound",
      /vpc-0123456789abcdef0.*vpcId/,
    );
  });

  test("an id of another region is refused", () => {
    const { id } = vpc();
    const inputs = { vpcId: id, cidrBlock: "10.0.0.0/24", region: "eu-west-1" };
    refused(() => cloud.make(SUBNET, "a", inputs), "InvalidVpcID.NotFound", /does not exist/);
  });

  test("an ARN of this account that nobody made is refused, AWS's own and other accounts' are not", () => {
    const attach = (policyArn: string) =>
      cloud.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", policyArn, {
        role: "r",
        policyArn,
      });
    cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: trust });
    refused(() => attach("arn:aws:iam::111122223333:policy/none"), "NoSuchEntity", /policy\/none/);
    attach("arn:aws:iam::aws:policy/AmazonEKSClusterPolicy");
    attach("arn:aws:iam::444455556666:policy/theirs");
  });

  test("a name of a resource that nobody made is refused", () => {
    const inputs = { role: "ghost", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
    refused(
      () => cloud.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", inputs),
      "NoSuchEntity",
      /role with name ghost/,
    );
    const addon = { clusterName: "ghost", addonName: "coredns" };
    refused(
      () => cloud.make("aws:eks/addon:Addon", "a", addon),
      "ResourceNotFoundException",
      /cluster.*ghost/,
    );
  });

  test("users of a cache are named by their ids, which are not what clients call them", () => {
    const user = {
      userId: "prod-default",
      userName: "default",
      engine: "redis",
      accessString: "off -@all",
      noPasswordRequired: true,
    };
    const { id } = cloud.make("aws:elasticache/user:User", "u", user);
    assert.equal(id, "prod-default");
    const group = (userGroupId: string, userId: string) =>
      cloud.make("aws:elasticache/userGroup:UserGroup", userGroupId, {
        userGroupId,
        engine: "redis",
        userIds: [userId],
      });
    group("mine", "prod-default");
    refused(() => group("other", "default-of-nobody"), "ResourceNotFoundException", /userIds/);
  });

  test("a Google network is found by id, link and name, and refused when nobody made it", () => {
    const network = cloud.make("gcp:compute/network:Network", "n", { name: "net" });
    const make = (name: string, network: unknown, ipCidrRange: string) =>
      cloud.make("gcp:compute/subnetwork:Subnetwork", name, {
        name,
        network,
        ipCidrRange,
        region: "europe-west1",
      });
    make("by-id", network.id, "10.0.0.0/24");
    make("by-link", network.state.selfLink, "10.0.1.0/24");
    make("by-name", "net", "10.0.2.0/24");
    refused(
      () => make("none", "projects/acme-test/global/networks/ghost", "10.0.3.0/24"),
      "notFound",
      /networks\/ghost/,
    );
    refused(() => make("none", "ghost", "10.0.3.0/24"), "notFound", /ghost/);
  });

  test("a member that is a service account of this project has to stand, a service agent has not", () => {
    const grant = (member: string) =>
      cloud.make("gcp:projects/iAMMember:IAMMember", member, {
        project: "acme-test",
        role: "roles/viewer",
        member,
      });
    refused(
      () => grant("serviceAccount:ghost@acme-test.iam.gserviceaccount.com"),
      "notFound",
      /ghost@/,
    );
    grant("serviceAccount:service-1@container-engine-robot.iam.gserviceaccount.com");
    cloud.make("gcp:serviceaccount/account:Account", "sa", { accountId: "worker" });
    grant("serviceAccount:worker@acme-test.iam.gserviceaccount.com");
  });

  test("a grant under another condition is another grant, under the same one a duplicate", () => {
    const grant = (name: string, expression: string) =>
      cloud.make("gcp:projects/iAMMember:IAMMember", name, {
        project: "acme-test",
        role: "roles/viewer",
        member: "user:ada@example.com",
        condition: { title: "one-instance", expression },
      });
    grant("first", "resource.name == 'a'");
    grant("second", "resource.name == 'b'");
    refused(() => grant("again", "resource.name == 'a'"), "alreadyExists", /one-instance/);
  });

  test("a workload identity needs a cluster with the project's pool", () => {
    const member = "serviceAccount:acme-test.svc.id.goog[ns/app]";
    const grant = () =>
      cloud.make("gcp:projects/iAMMember:IAMMember", "wi", {
        project: "acme-test",
        role: "roles/viewer",
        member,
      });
    refused(grant, "notFound", /svc\.id\.goog/);
    cloud.make("gcp:container/cluster:Cluster", "c", {
      name: "c",
      location: "europe-west1",
      initialNodeCount: 1,
      workloadIdentityConfig: { workloadPool: "acme-test.svc.id.goog" },
    });
    grant();
  });
});

describe("deletion", () => {
  test("what another resource needs stays, and goes when that one is gone", () => {
    const parent = vpc();
    const child = subnet(parent, "a", "10.0.0.0/24");
    refused(() => cloud.delete(parent), "DependencyViolation", /subnet-0/);
    cloud.delete(child);
    cloud.delete(parent);
    assert.deepEqual(cloud.store.all(), []);
  });

  test("a role keeps its attached policies, a key goes although it is used", () => {
    const role = cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: trust });
    const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    cloud.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", { role: "r", policyArn });
    refused(() => cloud.delete(role), "DeleteConflict", /r\/arn:aws:iam::aws/);
    const key = cloud.make("aws:kms/key:Key", "k", {});
    cloud.make("aws:cloudwatch/logGroup:LogGroup", "l", { name: "l", kmsKeyId: key.state.arn });
    cloud.delete(key);
  });

  test("what is protected stays until the protection is taken away", () => {
    const inputs = {
      name: "t",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
    };
    const table = cloud.make("aws:dynamodb/table:Table", "t", {
      ...inputs,
      deletionProtectionEnabled: true,
    });
    refused(() => cloud.delete(table), "InvalidRequestException", /deletionProtectionEnabled/);
    cloud.delete(cloud.update(table, { ...inputs, deletionProtectionEnabled: false }));
    const cluster = cloud.make("gcp:container/cluster:Cluster", "c", {
      location: "europe-west1",
      initialNodeCount: 1,
    });
    refused(() => cloud.delete(cluster), "invalid", /deletionProtection to false/);
  });

  test("a database goes with its last snapshot, which needs a name that is free, or without one", () => {
    const settings = { engine: "aurora-postgresql", clusterIdentifier: "main" };
    const cluster = (inputs: Bag) =>
      cloud.make("aws:rds/cluster:Cluster", "db", { ...settings, ...inputs });
    const nameless = cluster({ masterUsername: "m", manageMasterUserPassword: true });
    refused(
      () => cloud.delete(nameless),
      "InvalidParameterCombination",
      /finalSnapshotIdentifier is required when skipFinalSnapshot is false/,
    );
    cloud.delete(cloud.update(nameless, { ...settings, skipFinalSnapshot: true }));
    const named = { finalSnapshotIdentifier: "main-final" };
    cloud.delete(cluster(named));
    const again = cluster(named);
    refused(() => cloud.delete(again), "SnapshotAlreadyExists", /main-final already exists/);
    assert.equal(cloud.store.all().length, 1);
  });

  test("a bucket with objects stays, unless it may be emptied", () => {
    const bucket = cloud.make("aws:s3/bucket:Bucket", "b", { bucket: "acme" });
    const file = { bucket: "acme", key: "a.zip", content: "x" };
    const object = cloud.make("aws:s3/bucketObjectv2:BucketObjectv2", "o", file);
    refused(() => cloud.delete(bucket), "BucketNotEmpty", /acme.*not empty.*::o\)/);
    cloud.delete(object);
    cloud.delete(bucket);
  });

  test("a bucket that a service has delivered to is not empty, although the service stopped", () => {
    const make = (forceDestroy: boolean) => {
      const bucket = cloud.make("aws:s3/bucket:Bucket", "b", { bucket: "logs", forceDestroy });
      const policy = JSON.stringify({ Principal: { Service: "cloudtrail.amazonaws.com" } });
      const allowed = cloud.make("aws:s3/bucketPolicy:BucketPolicy", "p", {
        bucket: "logs",
        policy,
      });
      const trail = { name: "trail", s3BucketName: "logs" };
      cloud.delete(cloud.make("aws:cloudtrail/trail:Trail", "t", trail));
      cloud.delete(allowed);
      return bucket;
    };
    const full = make(false);
    refused(() => cloud.delete(full), "BucketNotEmpty", /::t\)/);
    cloud.delete(cloud.update(full, { bucket: "logs", forceDestroy: true }));
    cloud.delete(make(true));
    assert.deepEqual(cloud.store.all(), []);
  });

  test("what a retention policy of Google's keeps is not even deleted by force", () => {
    const inputs = { name: "audit", location: "EU", forceDestroy: true };
    const retentionPolicy = { retentionPeriod: "86400", isLocked: false };
    const kept = { ...inputs, retentionPolicy };
    const bucket = cloud.make("gcp:storage/bucket:Bucket", "b", kept);
    cloud.delete(bucket);
    const again = cloud.make("gcp:storage/bucket:Bucket", "b", kept);
    const sink = { name: "audit", destination: "storage.googleapis.com/audit" };
    cloud.delete(cloud.make("gcp:logging/projectSink:ProjectSink", "s", sink));
    refused(() => cloud.delete(again), "conflict", /audit: its retention policy.*::s\)/);
    cloud.delete(cloud.update(again, inputs));
    assert.deepEqual(cloud.store.all(), []);
  });

  test("a sink may write to a bucket of another project", () => {
    const sink = { name: "audit", destination: "storage.googleapis.com/elsewhere" };
    cloud.make("gcp:logging/projectSink:ProjectSink", "s", sink);
  });

  test("a bucket of Google stays with its objects too", () => {
    const inputs = { name: "acme", location: "EU" };
    const bucket = cloud.make("gcp:storage/bucket:Bucket", "b", inputs);
    const file = { bucket: "acme", name: "a.zip", content: "x" };
    cloud.make("gcp:storage/bucketObject:BucketObject", "o", file);
    refused(() => cloud.delete(bucket), "conflict", /without forceDestroy/);
  });

  test("deleting what is gone already is no error", () => {
    const parent = vpc();
    cloud.delete(parent);
    cloud.delete(parent);
  });
});

describe("names that are taken", () => {
  test("a role is one in its account, in whatever region", () => {
    cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: trust });
    const twin = () =>
      cloud.make(ROLE, "other", { name: "r", assumeRolePolicy: trust }, { region: "eu-west-1" });
    refused(twin, "EntityAlreadyExists", /'r' already exists.*::r\)/);
  });

  test("a bucket is one in the world, a log group one in its region", () => {
    cloud.make("aws:s3/bucket:Bucket", "b", { bucket: "acme" });
    const elsewhere = { region: "eu-west-1", allowedAccountIds: ["444455556666"] };
    refused(
      () => cloud.make("aws:s3/bucket:Bucket", "o", { bucket: "acme" }, elsewhere),
      "BucketAlreadyOwnedByYou",
      /acme/,
    );
    cloud.make("aws:cloudwatch/logGroup:LogGroup", "l", { name: "l" });
    cloud.make("aws:cloudwatch/logGroup:LogGroup", "o", { name: "l" }, elsewhere);
  });

  test("the name of a secret is free again when nothing can bring it back", () => {
    const make = (recoveryWindowInDays: number) =>
      cloud.make("aws:secretsmanager/secret:Secret", "s", { name: "s", recoveryWindowInDays });
    cloud.delete(make(0));
    cloud.delete(make(30));
    refused(() => make(0), "InvalidRequestException", /'s'.*already scheduled for deletion/);
  });

  test("a security group is one in its VPC", () => {
    const [one, two] = [vpc("one"), vpc("two")];
    const group = (name: string, parent: Resource) =>
      cloud.make("aws:ec2/securityGroup:SecurityGroup", name, {
        name: "web",
        description: "d",
        vpcId: parent.id,
      });
    group("a", one);
    group("b", two);
    refused(() => group("c", one), "InvalidGroup.Duplicate", /'web'/);
  });

  test("a Google resource is one in its project and place", () => {
    const address = (name: string, region: string) =>
      cloud.make("gcp:compute/address:Address", name, { name: "a", region });
    address("one", "europe-west1");
    address("two", "europe-west4");
    refused(
      () => address("three", "europe-west1"),
      "alreadyExists",
      /regions\/europe-west1\/addresses\/a/,
    );
  });
});

describe("address ranges", () => {
  test("a subnet has to lie in its VPC and beside its neighbours", () => {
    const parent = vpc();
    subnet(parent, "a", "10.0.0.0/24");
    refused(() => subnet(parent, "b", "10.1.0.0/24"), "InvalidSubnet.Range", /not within VPC/);
    refused(
      () => subnet(parent, "c", "10.0.0.128/25"),
      "InvalidSubnet.Conflict",
      /10\.0\.0\.0\/24/,
    );
    subnet(parent, "e", "10.0.1.0/28");
  });

  test("a secondary range of the VPC gives room, and may not overlap the first", () => {
    const parent = vpc();
    const add = (name: string, cidrBlock: string) =>
      cloud.make("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", name, {
        vpcId: parent.id,
        cidrBlock,
      });
    refused(() => add("a", "10.0.128.0/17"), "InvalidVpc.Conflict", /10\.0\.0\.0\/16/);
    add("b", "100.64.0.0/16");
    subnet(parent, "a", "100.64.0.0/24");
  });

  test("a subnet's zone has to be of its region", () => {
    const parent = vpc();
    refused(
      () => subnet(parent, "a", "10.0.0.0/24", "eu-west-1a"),
      "InvalidParameterValue",
      /zones of us-east-1/,
    );
  });

  test("ranges of a Google network never overlap, secondary ones included", () => {
    cloud.make("gcp:compute/network:Network", "n", { name: "net" });
    const make = (name: string, ipCidrRange: string, pods: string) =>
      cloud.make("gcp:compute/subnetwork:Subnetwork", name, {
        name,
        network: "net",
        region: "europe-west1",
        ipCidrRange,
        secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: pods }],
      });
    make("a", "10.0.0.0/24", "10.1.0.0/16");
    refused(
      () => make("b", "10.0.1.0/24", "10.1.128.0/17"),
      "invalid",
      /conflicts with existing range 10\.1\.0\.0\/16/,
    );
    refused(() => make("c", "10.2.0.0/24", "10.2.0.0/16"), "invalid", /the subnetwork itself/);
    refused(() => make("d", "10.3.0.0/30", "10.4.0.0/16"), "invalid", /\/29/);
  });

  test("a route's destination is one in its table and not the VPC's own", () => {
    const parent = vpc();
    const table = cloud.make("aws:ec2/routeTable:RouteTable", "t", { vpcId: parent.id });
    const gateway = cloud.make("aws:ec2/internetGateway:InternetGateway", "g", {
      vpcId: parent.id,
    });
    const route = (name: string, destinationCidrBlock: string) =>
      cloud.make("aws:ec2/route:Route", name, {
        routeTableId: table.id,
        gatewayId: gateway.id,
        destinationCidrBlock,
      });
    route("a", "0.0.0.0/0");
    refused(() => route("b", "0.0.0.0/0"), "RouteAlreadyExists", /made by/);
    refused(() => route("c", "10.0.0.0/16"), "RouteAlreadyExists", /10\.0\.0\.0\/16/);
  });
});

describe("clusters and quotas", () => {
  const cluster = (subnets: Resource[], version = "1.35") => {
    cloud.make(ROLE, `role-${version}`, { name: `role-${version}`, assumeRolePolicy: trust });
    return cloud.make("aws:eks/cluster:Cluster", "c", {
      name: "c",
      version,
      roleArn: `arn:aws:iam::111122223333:role/role-${version}`,
      vpcConfig: { subnetIds: subnets.map(({ id }) => id) },
    });
  };

  test("EKS wants subnets in two zones", () => {
    const parent = vpc();
    const one = subnet(parent, "a", "10.0.0.0/24");
    const two = subnet(parent, "b", "10.0.1.0/24");
    refused(() => cluster([one, two]), "InvalidParameterException", /two different AZs/);
  });

  test("a control plane goes up one version at a time, nodes lag at most three behind and never lead", () => {
    const parent = vpc();
    const subnets = [
      subnet(parent, "a", "10.0.0.0/24"),
      subnet(parent, "b", "10.0.1.0/24", "us-east-1b"),
    ];
    const made = cluster(subnets, "1.33");
    refused(
      () => cloud.update(made, { ...made.inputs, version: "1.35" }),
      "InvalidParameterException",
      /one minor version at a time/,
    );
    refused(
      () => cloud.update(made, { ...made.inputs, version: "1.32" }),
      "InvalidParameterException",
      /cannot go back/,
    );
    const group = (version: string) =>
      cloud.make("aws:eks/nodeGroup:NodeGroup", version, {
        clusterName: "c",
        nodeGroupName: `g-${version.replace(".", "-")}`,
        nodeRoleArn: made.inputs.roleArn,
        subnetIds: subnets.map(({ id }) => id),
        scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 1 },
        version,
      });
    refused(() => group("1.34"), "InvalidParameterException", /newer/);
    refused(() => group("1.29"), "InvalidParameterException", /more than 3 minor versions/);
    const standing = group("1.32");
    refused(() => cloud.delete(made), "ResourceInUseException", /c:g-1-32/);
    cloud.delete(standing);
    cloud.delete(made);
  });

  test("the sixth VPC of a region and the eleventh policy of a role are over quota", () => {
    for (const index of [1, 2, 3, 4, 5]) vpc(`v${index}`, `10.${index}.0.0/16`);
    refused(() => vpc("v6", "10.6.0.0/16"), "VpcLimitExceeded", /\(5\)/);
    cloud.make(VPC, "elsewhere", { cidrBlock: "10.6.0.0/16", region: "eu-west-1" });
    cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: trust });
    const attach = (index: number) =>
      cloud.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", `p${index}`, {
        role: "r",
        policyArn: `arn:aws:iam::aws:policy/P${index}`,
      });
    for (let index = 0; index < 10; index++) attach(index);
    refused(() => attach(10), "LimitExceeded", /\(10\)/);
  });

  test("a GKE cluster wants the ranges it names and a subnetwork of its region", () => {
    cloud.make("gcp:compute/network:Network", "n", { name: "net" });
    const pods = [{ rangeName: "pods", ipCidrRange: "10.1.0.0/16" }];
    const inputs = {
      name: "sub",
      network: "net",
      region: "europe-west1",
      ipCidrRange: "10.0.0.0/24",
      secondaryIpRanges: pods,
    };
    cloud.make("gcp:compute/subnetwork:Subnetwork", "s", inputs);
    const make = (location: string, range: string) =>
      cloud.make("gcp:container/cluster:Cluster", "c", {
        location,
        initialNodeCount: 1,
        network: "net",
        subnetwork: "sub",
        ipAllocationPolicy: { clusterSecondaryRangeName: range },
      });
    refused(() => make("europe-west1", "ghost"), "invalid", /'ghost' does not exist.*pods/);
    refused(() => make("us-east1", "pods"), "invalid", /not in region 'us-east1'/);
    assert.equal(make("europe-west1", "pods").state.clusterIpv4Cidr, "10.1.0.0/16");
  });
});

test("a type that the schemas do not have is refused with what to do", () => {
  const { failures } = cloud.check("aws:chime/voiceConnector:VoiceConnector", "v", {});
  assert.match(
    failures[0]?.reason ?? "",
    /add it to tools\/generate\/types\.json and run `npm run generate`/,
  );
});
