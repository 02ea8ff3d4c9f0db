/** A service of one cell and its copy in another, on each cloud. */
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import { OnpremDatabase } from "../../../components/database/onprem.ts";
import {
  awsDatabaseSpec,
  gcpDatabaseSpec,
  onpremDatabaseSpec,
} from "../../../components/database/schema.ts";
import {
  AwsDatabaseCopy,
  type AwsDatabaseCopyArgs,
} from "../../../components/replication/aws-database.ts";
import { AwsStreamCopy } from "../../../components/replication/aws-stream.ts";
import { GcpDatabaseCopy } from "../../../components/replication/gcp-database.ts";
import { OnpremDatabaseCopy } from "../../../components/replication/onprem-database.ts";
import { keyArn } from "../../support/data-args.ts";
import { ownership } from "../../support/ownership.ts";
import { awsSpec, gcpSpec, onpremSpec } from "../database/fixture.ts";

export const account = "111122223333";

const end = (region: string, id: string, hex: string) => ({
  clusterArn: `arn:aws:kafka:${region}:${account}:cluster/prod-${id}-stream/0a1b2c3d-7`,
  vpcId: `vpc-${hex}`,
  subnetIds: [`subnet-${hex}1`, `subnet-${hex}2`, `subnet-${hex}3`],
  securityGroupId: `sg-${hex}`,
  provider: new aws.Provider(id, { region }),
});

export const copied = { topics: ["orders.events", "orders.snapshots"], groups: ["billing"] };

export const programs = {
  awsStream: () =>
    new AwsStreamCopy("stream-copy", {
      ownership,
      account,
      here: end("us-east-1", "aws-use1", "0a"),
      there: end("us-west-2", "aws-usw2", "0b"),
      copied,
      rpo: "5 minutes",
    }),
  awsDatabase: (retain = true, signIns: AwsDatabaseCopyArgs["signIns"] = {}) =>
    new AwsDatabaseCopy("database-copy", {
      ownership,
      retain,
      spec: awsDatabaseSpec.parse(awsSpec),
      primary: {
        arn: `arn:aws:rds:us-east-1:${account}:cluster:prod-aws-use1-database`,
        engineVersion: "17.9",
        provider: new aws.Provider("here", { region: "us-east-1" }),
      },
      there: {
        region: "us-west-2",
        zones: ["us-west-2a", "us-west-2b", "us-west-2c"],
        vpcId: "vpc-0b",
        isolatedSubnetIds: ["subnet-0b1", "subnet-0b2", "subnet-0b3"],
        clusterSecurityGroupId: "sg-0c",
        keys: { data: keyArn("data-there"), logs: keyArn("logs-there") },
        provider: new aws.Provider("there", { region: "us-west-2" }),
      },
      rpo: "5 minutes",
      signIns,
    }),
  gcpDatabase: () =>
    new GcpDatabaseCopy("database-copy", {
      ownership: { ...ownership, cell: "gcp-euw1" },
      spec: gcpDatabaseSpec.parse(gcpSpec),
      primary: "prod-gcp-euw1-database",
      there: {
        region: "europe-west4",
        networkId: "projects/acme-prod/global/networks/prod-gcp-euw4",
        subnetworkId: "projects/acme-prod/regions/europe-west4/subnetworks/prod-gcp-euw4-nodes",
        keyName: "projects/acme-prod/locations/europe-west4/keyRings/prod/cryptoKeys/databases",
      },
    }),
  onpremDatabase: () => {
    const provider = new kubernetes.Provider("cluster", { kubeconfig: "apiVersion: v1" });
    const here = { ...ownership, cell: "onprem-pus" };
    const archive = {
      path: "s3://acme-backups-busan/database",
      endpoint: "https://objects.busan.example:9000",
      credentialsSecret: "archive-busan",
    };
    const database = new OnpremDatabase("database", {
      ownership: here,
      spec: { ...onpremSpec, archive },
      cluster: { provider },
    });
    return new OnpremDatabaseCopy(
      "database-copy",
      {
        ownership: here,
        place: here,
        source: {
          place: { environment: "prod", cell: "onprem-sel" },
          spec: onpremDatabaseSpec.parse(onpremSpec),
        },
        database,
        cluster: { provider },
      },
      { dependsOn: database },
    );
  },
};
