// Errors of the embedded cloud, without engine. The words follow the clouds' own errors; not proven here: that a real cloud refuses
// exactly these cases.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Resource } from "../../simulator/store.ts";
import type { Bag } from "../../simulator/wire.ts";
import { cloud, eachWithItsCloud, ROLE, refused, subnet, trust, VPC, vpc } from "./refused.ts";

eachWithItsCloud();

describe("existing names", () => {
  test("a role is unique in its account, for all regions", () => {
    cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: trust });
    const twin = () =>
      cloud.make(ROLE, "other", { name: "r", assumeRolePolicy: trust }, { region: "eu-west-1" });
    refused(twin, "EntityAlreadyExists", /'r' already exists.*::r\)/);
  });

  test("a bucket is unique globally, a log group in its region", () => {
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

  test("the name of a secret is available again after its recovery window", () => {
    const make = (recoveryWindowInDays: number) =>
      cloud.make("aws:secretsmanager/secret:Secret", "s", { name: "s", recoveryWindowInDays });
    cloud.delete(make(0));
    cloud.delete(make(30));
    refused(() => make(0), "InvalidRequestException", /'s'.*already scheduled for deletion/);
  });

  test("a security group is unique in its VPC", () => {
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

  test("a Google Cloud resource is unique in its project and location", () => {
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

describe("what an account, a region or an organisation has once", () => {
  const role = "arn:aws:iam::111122223333:role/r";
  const config = { project: "acme-prod", region: "europe-west1" };
  const cases: [type: string, inputs: (name: string) => Bag, code: string, config?: Bag][] = [
    [
      "aws:accessanalyzer/analyzer:Analyzer",
      (analyzerName) => ({ analyzerName, type: "ACCOUNT" }),
      "ServiceQuotaExceededException",
    ],
    [
      "aws:cfg/recorder:Recorder",
      (name) => ({ name, roleArn: role }),
      "MaxNumberOfConfigurationRecordersExceededException",
    ],
    ["aws:securityhub/account:Account", () => ({}), "ResourceConflictException"],
    [
      "aws:ebs/encryptionByDefault:EncryptionByDefault",
      () => ({ enabled: true }),
      "ResourceAlreadyExistsException",
    ],
    [
      "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
      () => ({ state: "block-all-sharing" }),
      "ResourceAlreadyExistsException",
    ],
    [
      "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
      () => ({ internetGatewayBlockMode: "block-ingress" }),
      "ResourceAlreadyExistsException",
    ],
    [
      "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
      () => ({ blockPublicAcls: true }),
      "ResourceAlreadyExistsException",
    ],
    [
      "aws:costexplorer/costAllocationTag:CostAllocationTag",
      () => ({ tagKey: "cell", status: "Active" }),
      "ResourceAlreadyExistsException",
    ],
    [
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
      () => ({ url: "https://ci.example", clientIdLists: ["sts.amazonaws.com"] }),
      "EntityAlreadyExists",
    ],
    [
      "aws:iam/serviceLinkedRole:ServiceLinkedRole",
      () => ({ awsServiceName: "config.amazonaws.com" }),
      "InvalidInput",
    ],
    [
      "gcp:projects/iAMAuditConfig:IAMAuditConfig",
      () => ({
        project: "acme-prod",
        service: "allServices",
        auditLogConfigs: [{ logType: "DATA_READ" }],
      }),
      "alreadyExists",
      config,
    ],
    [
      "gcp:projects/iAMMember:IAMMember",
      () => ({ project: "acme-prod", role: "roles/viewer", member: "user:a@acme.example" }),
      "alreadyExists",
      config,
    ],
    [
      "gcp:orgpolicy/policy:Policy",
      () => ({ parent: "folders/1", name: "folders/1/policies/sql.restrictPublicIp" }),
      "alreadyExists",
      config,
    ],
  ];
  for (const [type, inputs, code, config] of cases) {
    test(`${type} has one owner`, () => {
      if (type.startsWith("aws:cfg")) cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: trust });
      const first = cloud.make(type, "one", inputs("one"), config);
      refused(() => cloud.make(type, "two", inputs("two"), config), code, /::one\)/);
      cloud.update(first, inputs("one"), config);
      cloud.delete(first, config);
      cloud.make(type, "two", inputs("two"), config);
    });
  }

  test("grants that differ in their condition are two", () => {
    const grant = (title: string) =>
      cloud.make("gcp:projects/iAMMember:IAMMember", title, {
        project: "acme-test",
        role: "roles/viewer",
        member: "user:a@acme.example",
        condition: { title, expression: "true" },
      });
    grant("one");
    grant("two");
  });
});

describe("address ranges", () => {
  test("a subnet must be in its VPC and not overlap other subnets", () => {
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

  test("a secondary range extends the VPC, and must not overlap the primary one", () => {
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

  test("a subnet's zone must be in its region", () => {
    const parent = vpc();
    refused(
      () => subnet(parent, "a", "10.0.0.0/24", "eu-west-1a"),
      "InvalidParameterValue",
      /zones of us-east-1/,
    );
  });

  test("ranges of a Google network must not overlap, including secondary ones", () => {
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

  test("a route's destination is unique in its table and outside the VPC's range", () => {
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
    refused(() => route("b", "0.0.0.0/0"), "RouteAlreadyExists", /created by/);
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

  test("EKS requires subnets in two zones", () => {
    const parent = vpc();
    const one = subnet(parent, "a", "10.0.0.0/24");
    const two = subnet(parent, "b", "10.0.1.0/24");
    refused(() => cluster([one, two]), "InvalidParameterException", /two different AZs/);
  });

  test("a control plane is upgraded one version at a time, nodes are at most three versions older and never newer", () => {
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

  test("the sixth VPC of a region and the eleventh policy of a role exceed quotas", () => {
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

  test("a GKE cluster requires its ranges and a subnetwork in its region", () => {
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

test("a type without a schema is refused with the cure", () => {
  const { failures } = cloud.check("aws:chime/voiceConnector:VoiceConnector", "v", {});
  assert.match(
    failures[0]?.reason ?? "",
    /add it to tools\/generate\/types\.json and run `npm run generate`/,
  );
});
