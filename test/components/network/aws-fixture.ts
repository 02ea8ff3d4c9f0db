/** A network on AWS with default settings, and one connected to other cells. */
import { createNetwork } from "../../../components/network/network.ts";
import { inventory, type Registered } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";

export const logsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/logs";
export const place = {
  cloud: "aws",
  account: "111122223333",
  region: "us-east-1",
  cidr: "10.32.0.0/16",
  clusterName: "prod-aws-use1",
} as const;

export function network(settings: object = {}, rest: object = {}): Promise<Registered[]> {
  return inventory(() =>
    createNetwork("network", {
      cloud: "aws",
      spec: { ...place, ...settings },
      ownership,
      logsKeyArn,
      ...rest,
    }),
  );
}

export const standard = await network();
export const connected = await network(
  {},
  {
    cells: [
      { direction: "ingress", cidr: "10.36.0.0/16", protocol: "tcp", first: 9092, last: 9098 },
      { direction: "egress", cidr: "10.40.0.0/16", protocol: "udp", first: 53, last: 53 },
    ],
  },
);
export const of = (type: string) => standard.filter((resource) => resource.type === type);
export const tagOf = ({ inputs }: Registered, key: string) =>
  (inputs.tags as Record<string, string>)[key];
