/** A simulated cloud for each case, and an assertion of its errors. */
import assert from "node:assert/strict";
import { afterEach, beforeEach } from "node:test";
import type { Resource } from "../../simulator/store.ts";
import type { Bag } from "../../simulator/wire.ts";
import { type Played, playedCloud } from "../support/played-cloud.ts";

export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const ROLE = "aws:iam/role:Role";
export const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });

export let cloud: Played;

/** To be called once per file: each case has its own cloud. */
export function eachWithItsCloud(): void {
  beforeEach(() => {
    cloud = playedCloud();
  });
  afterEach(() => cloud.stop());
}

export const vpc = (name = "vpc", cidrBlock = "10.0.0.0/16", config?: Bag) =>
  cloud.make(VPC, name, { cidrBlock }, config);
export const subnet = (parent: Resource, name: string, cidrBlock: string, zone = "us-east-1a") =>
  cloud.make(SUBNET, name, { vpcId: parent.id, cidrBlock, availabilityZone: zone });
export const refused = (work: () => unknown, code: string, words: RegExp) =>
  assert.throws(work, (error: Error & { code?: string }) => {
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
    return true;
  });
