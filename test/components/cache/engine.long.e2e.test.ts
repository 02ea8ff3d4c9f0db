// Real engine, embedded cloud: a cache is created, previews without changes and is destroyed, on each cloud. Does not prove
// that a real cloud accepts it.
import * as kubernetes from "@pulumi/kubernetes";
import { createCache } from "../../../components/cache/cache.ts";
import { comesAndGoes } from "../../support/comes-and-goes.ts";
import { onpremOwnership } from "../../support/data-args.ts";
import { awsGround, gcpGround } from "../../support/grounds.ts";
import { siteKubeconfig } from "../../support/site.ts";
import { awsArgs, gcpArgs, gcpSpec, onpremSpec } from "./fixture.ts";

const programs = {
  aws: async () => {
    const { provider, ...ground } = awsGround();
    const cache = createCache(
      "cache",
      {
        ...awsArgs,
        cloud: "aws",
        retain: false,
        ...ground,
      },
      { providers: { aws: provider } },
    );
    return { endpoint: cache.endpoint };
  },
  gcp: async () => {
    const { provider, ...ground } = gcpGround(gcpSpec);
    const cache = createCache(
      "cache",
      {
        ...gcpArgs,
        cloud: "gcp",
        retain: false,
        spec: { ...gcpSpec, replicas: 2 },
        ...ground,
      },
      { providers: { gcp: provider } },
    );
    return { endpoint: cache.endpoint };
  },
  onprem: async () => {
    const provider = new kubernetes.Provider("site", { kubeconfig: siteKubeconfig() });
    // The cache needs a certificate of this issuer.
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
    const issuer = new kubernetes.apiextensions.CustomResource(
      "issuer",
      {
        apiVersion: "cert-manager.io/v1",
        kind: "ClusterIssuer",
        metadata: { name: onpremSpec.issuer },
        spec: { selfSigned: {} },
      },
      { provider, dependsOn: certManager },
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
      { dependsOn: issuer },
    );
    return { endpoint: cache.endpoint };
  },
} as const;

const endpoints = {
  aws: /^master\.prod-aws-use1-cache\..*\.cache\.amazonaws\.com$/,
  gcp: /^10\./,
  onprem: /^prod-onprem-sel-cache\.cache\.svc$/,
} as const;

comesAndGoes(programs, endpoints);
