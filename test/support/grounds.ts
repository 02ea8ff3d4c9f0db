/** The network and keys of a database or cache, created by an engine test's own program. */
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";

export function awsGround() {
  const provider = new aws.Provider("use1", { region: "us-east-1" });
  const opts = { provider };
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }, opts);
  const subnets = ["us-east-1a", "us-east-1b", "us-east-1c"].map(
    (availabilityZone, index) =>
      new aws.ec2.Subnet(
        availabilityZone,
        { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, availabilityZone },
        opts,
      ),
  );
  const nodes = new aws.ec2.SecurityGroup("nodes", { vpcId: vpc.id }, opts);
  const key = (name: string) => new aws.kms.Key(name, {}, opts).arn;
  return {
    provider,
    network: { vpcId: vpc.id, isolatedSubnetIds: subnets.map(({ id }) => id) },
    cluster: { clusterSecurityGroupId: nodes.id },
    keys: { data: key("data"), logs: key("logs") },
  };
}

export function gcpGround({
  project,
  region,
}: {
  readonly project: string;
  readonly region: string;
}) {
  const provider = new gcp.Provider("euw1", { project, region });
  const opts = { provider };
  const network = new gcp.compute.Network("vpc", { autoCreateSubnetworks: false }, opts);
  const subnetwork = new gcp.compute.Subnetwork(
    "nodes",
    { network: network.id, ipCidrRange: "10.36.0.0/20", region },
    opts,
  );
  const ring = new gcp.kms.KeyRing("ring", { location: region }, opts);
  const key = new gcp.kms.CryptoKey("data", { keyRing: ring.id }, opts);
  return {
    provider,
    network: { networkId: network.id, subnetworkId: subnetwork.id },
    keys: { data: key.id },
  };
}
