import type { AwsPeopleAccessArgs } from "../../../components/people-access/aws.ts";
import type { AwsPeopleDoorArgs } from "../../../components/people-access/aws-access-endpoint.ts";
import type { GcpPeopleAccessArgs } from "../../../components/people-access/gcp.ts";
import type { GcpPeopleDoorArgs } from "../../../components/people-access/gcp-access-levels.ts";
import { type PeopleCell, planPeople } from "../../../components/people-access/plan.ts";
import { type PeopleSettings, peopleSettings } from "../../../components/people-access/schema.ts";
import {
  awsAccessEndpointSpecOf,
  awsPeopleSpecOf,
  gcpAccessLevelsSpecOf,
  gcpPeopleSpecOf,
} from "../../../components/people-access/specs.ts";

export const cells: readonly PeopleCell[] = [
  { name: "aws-use1", cloud: "aws", database: true, dashboards: ["grafana"] },
  { name: "gcp-euw1", cloud: "gcp", database: true, dashboards: ["grafana"] },
  { name: "onprem-sel", cloud: "onprem", database: true, dashboards: [] },
];

export const identityCenterId = "c242c5b0-6081-4845-8fa8-6e0d9513c107";

export const written = {
  groups: {
    "platform-admins": {
      who: "platform-admins@acme.example",
      identityCenterId,
      googleId: "01d520gv4vjcrht",
      reaches: ["cluster-api", "database", "dashboards"],
    },
    "data-analysts": {
      who: "data-analysts@acme.example",
      identityCenterId: "d242c5b0-6081-4845-8fa8-6e0d9513c107",
      reaches: ["database"],
      device: { corporateOwned: false },
    },
  },
  aws: {
    users: { type: "identity-center" },
    devices: { type: "jamf", tenantId: "acme" },
    clientDomain: "clients.acme.example",
  },
  google: { accessPolicy: "123456789012", organization: "210987654321" },
} as const;

export function settings(changed: object = {}): PeopleSettings {
  return peopleSettings.parse({ ...written, ...changed });
}

export const openId = {
  type: "oidc",
  issuer: "https://id.acme.example",
  authorizationEndpoint: "https://id.acme.example/authorize",
  tokenEndpoint: "https://id.acme.example/token",
  userInfoEndpoint: "https://id.acme.example/userinfo",
  publicSigningKeyEndpoint: "https://id.acme.example/keys",
  clientId: "atoll",
  clientSecret: { configKey: "people-client" },
} as const;

const ownership = {
  environment: "prod",
  owner: "platform",
  costCentre: "cc-1000",
  dataClass: "internal",
} as const;

const planned = planPeople(settings(), cells);
const reachedIn = (cell: string) => planned[cell] as NonNullable<(typeof planned)[string]>;
const there = <Spec>(spec: Spec | undefined) => spec as Spec;
const key = (name: string) => `arn:aws:kms:us-east-1:111122223333:key/${name}`;

export const awsAccessEndpointArgs = (changed: object = {}): AwsPeopleDoorArgs => ({
  ownership,
  spec: there(awsAccessEndpointSpecOf(settings(changed), "aws-111122223333-us-east-1")),
  keyArn: key("secrets"),
  logsKeyArn: key("logs"),
});

export const awsArgs = {
  cloud: "aws",
  ownership: { ...ownership, cell: "aws-use1" },
  spec: there(
    awsPeopleSpecOf(settings(), reachedIn("aws-use1"), {
      cidr: "10.32.0.0/16",
      dashboards: {
        grafana: {
          domain: "grafana.acme.example",
          certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/a",
          loadBalancerArn:
            "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/grafana/0a",
          securityGroupId: "sg-0d",
        },
      },
    }),
  ),
  instanceId: "vai-0a",
  keyArn: key("secrets"),
  network: { vpcId: "vpc-0a", privateSubnetIds: ["subnet-0a", "subnet-0b"] },
  cluster: { clusterSecurityGroupId: "sg-0c" },
  database: {
    arn: "arn:aws:rds:us-east-1:111122223333:cluster:prod-aws-use1",
    writerEndpoint: "prod.cluster-abc.us-east-1.rds.amazonaws.com",
    securityGroupId: "sg-0b",
  },
} as const satisfies AwsPeopleAccessArgs & { cloud: "aws" };

export const gcpAccessLevelsArgs: GcpPeopleDoorArgs = {
  ownership,
  spec: there(gcpAccessLevelsSpecOf(settings(), "prod")),
};

export const gcpArgs = {
  cloud: "gcp",
  ownership: { ...ownership, cell: "gcp-euw1" },
  spec: there(
    gcpPeopleSpecOf(settings(), reachedIn("gcp-euw1"), "prod", {
      project: "acme-prod",
      region: "europe-west1",
      dashboards: { grafana: { backendService: "grafana" } },
    }),
  ),
  cluster: { clusterName: "prod-gcp-euw1" },
  database: { endpoint: "abc.def.europe-west1.sql.goog" },
} as const satisfies GcpPeopleAccessArgs & { cloud: "gcp" };
