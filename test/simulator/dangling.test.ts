// Errors of the embedded cloud, without engine. The words follow the clouds' own errors; not proven here: that a real cloud refuses
// exactly these cases.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cloud, eachWithItsCloud, ROLE, refused, SUBNET, trust, vpc } from "./refused.ts";

eachWithItsCloud();

describe("dangling references", () => {
  test("an id that does not exist is refused", () => {
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

  test("an ARN of this account that does not exist is refused, AWS's own and other accounts' are not", () => {
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

  test("a name of a resource that does not exist is refused", () => {
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

  test("users of a cache are referenced by id, not by their names for clients", () => {
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

  test("a Google network is found by id, link and name, and refused if it does not exist", () => {
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

  test("a member that is a service account of this project must exist, a service agent need not", () => {
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

  test("a grant with another condition is another grant, with the same one a duplicate", () => {
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
