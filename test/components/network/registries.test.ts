// Names of registries. Whether a registry redirects elsewhere tomorrow is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { nameProblem } from "../../../components/network/egress-schema.ts";
import {
  awsNames,
  imageBuckets,
  platformNames,
  withRedirects,
} from "../../../components/network/registries.ts";

const clouds = ["aws", "gcp", "onprem"] as const;

describe("names of registries", () => {
  test("of the platform are allowed on every cloud, with what they redirect to", () => {
    for (const cloud of clouds) {
      const names = platformNames(cloud);
      for (const name of [
        "ghcr.io",
        "pkg-containers.githubusercontent.com",
        "quay.io",
        "cdn06.quay.io",
        "registry.k8s.io",
        "auth.docker.io",
        "production.cloudfront.docker.com",
        "production.cloudflare.docker.com",
      ])
        assert.ok(names.includes(name), `${cloud} ${name}`);
      assert.equal(new Set(names).size, names.length, cloud);
    }
  });

  test("are those that each cloud does not reach otherwise", () => {
    const layers = "prod-registry-k8s-io-eu-central-1.s3.dualstack.eu-central-1.amazonaws.com";
    const has = (name: string) => clouds.map((cloud) => platformNames(cloud).includes(name));
    assert.deepEqual(has("europe-west1-docker.pkg.dev"), [true, false, true]);
    assert.deepEqual(has(layers), [false, false, true]);
    assert.ok(awsNames.includes("*.amazonaws.com"));
    assert.deepEqual(has("d5l0dvt14r5h8.cloudfront.net"), [true, false, false]);
  });

  test("are valid names, and full ones on Google Cloud, in one rule", () => {
    for (const cloud of clouds)
      for (const name of platformNames(cloud)) assert.equal(nameProblem(name), undefined, name);
    const google = platformNames("gcp");
    assert.deepEqual(
      google.filter((name) => name.includes("*")),
      [],
    );
    assert.ok(google.length <= 100);
  });

  test("that a manifest allows bring what they redirect to", () => {
    assert.deepEqual(withRedirects(["api.example.com", "mcr.microsoft.com"], "aws"), [
      "api.example.com",
      "mcr.microsoft.com",
      "*.data.mcr.microsoft.com",
    ]);
    assert.deepEqual(withRedirects(["mcr.microsoft.com"], "gcp"), ["mcr.microsoft.com"]);
    assert.deepEqual(withRedirects(["public.ecr.aws"], "onprem"), [
      "public.ecr.aws",
      "d2glxqk2uabbnd.cloudfront.net",
      "d5l0dvt14r5h8.cloudfront.net",
    ]);
    assert.deepEqual(withRedirects(["gcr.io"], "onprem"), ["gcr.io", "storage.googleapis.com"]);
    assert.deepEqual(withRedirects([], "aws"), []);
  });

  test("have no bucket twice", () => {
    for (const region of ["us-east-1", "eu-west-2", "af-south-1"]) {
      const buckets = imageBuckets(region);
      assert.equal(new Set(buckets).size, buckets.length);
    }
  });
});
