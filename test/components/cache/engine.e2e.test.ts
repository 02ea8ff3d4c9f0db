// Real engine, embedded cloud: a cache comes up, previews empty and goes, on each cloud. Not that a real cloud would take it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import * as kubernetes from "@pulumi/kubernetes";
import { createCache } from "../../../components/cache/cache.ts";
import { type Rig, rig } from "../../support/engine.ts";
import { siteKubeconfig } from "../../support/site.ts";
import { awsArgs, gcpArgs, gcpSpec, onpremOwnership, onpremSpec } from "./fixture.ts";

const programs = {
  aws: async () => {
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
    const cache = createCache(
      "cache",
      {
        ...awsArgs,
        cloud: "aws",
        retain: false,
        network: { vpcId: vpc.id, isolatedSubnetIds: subnets.map(({ id }) => id) },
        cluster: { clusterSecurityGroupId: nodes.id },
        keys: { data: key("data"), logs: key("logs") },
      },
      { providers: { aws: provider } },
    );
    return { endpoint: cache.endpoint };
  },
  gcp: async () => {
    const { project, region } = gcpSpec;
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
    const cache = createCache(
      "cache",
      {
        ...gcpArgs,
        cloud: "gcp",
        retain: false,
        spec: { ...gcpSpec, replicas: 2 },
        network: { networkId: network.id, subnetworkId: subnetwork.id },
        keys: { data: key.id },
      },
      { providers: { gcp: provider } },
    );
    return { endpoint: cache.endpoint };
  },
  onprem: async () => {
    const provider = new kubernetes.Provider("site", { kubeconfig: siteKubeconfig() });
    // Certificates are its to make: the cache waits for nothing else of it.
    const certManager = new kubernetes.helm.v3.Release(
      "cert-manager",
      {
        name: "cert-manager",
        namespace: "cert-manager",
        createNamespace: true,
        chart: "cert-manager",
        version: "v1.18.2",
        repositoryOpts: { repo: "https://charts.jetstack.io" },
        values: { crds: { enabled: true } },
      },
      { provider },
    );
    const cache = createCache(
      "cache",
      {
        cloud: "onprem",
        ownership: onpremOwnership,
        retain: false,
        spec: onpremSpec,
        cluster: { provider },
      },
      { dependsOn: certManager },
    );
    return { endpoint: cache.endpoint };
  },
} as const;

const endpoints = {
  aws: /^master\.prod-aws-use1-cache\..*\.cache\.amazonaws\.com$/,
  gcp: /^10\./,
  onprem: /^prod-onprem-sel-cache\.cache\.svc$/,
} as const;

for (const cloud of ["aws", "gcp", "onprem"] as const) {
  describe(cloud, () => {
    let it: Rig;
    before(async () => {
      it = await rig();
    });
    after(() => it.stop());

    test("it comes up, previews empty and leaves nothing", async () => {
      const program = programs[cloud];
      const { outputs } = await it.up(program);
      assert.match(String(outputs.endpoint?.value), endpoints[cloud]);
      assert.deepEqual((await it.preview(program)).changes, {});
      await it.destroy(program);
      const left = it.standing().map(({ type }) => type);
      // What cannot be deleted on a real cloud either.
      assert.deepEqual(
        left.filter((type) => !/^gcp:(kms|projects)/.test(type)),
        [],
      );
    });
  });
}
