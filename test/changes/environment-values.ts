/** Settings of an environment's sections that the footprint with every option does not have, and other values. */

/** Merged into its manifest. */
export const environmentAdditions = {
  lifetime: "permanent",
  budget: { cells: { "aws-one": { alerts: undefined }, "gcp-one": { billingAccount: undefined } } },
  connectivity: {
    reachability: [
      { from: "aws-one", to: "gcp-one" },
      { from: "onprem-one", to: "gcp-one" },
      { from: "onprem-one", to: "aws-one" },
      { from: "aws-two", to: "aws-one" },
    ].map((pair) => ({ ...pair, ports: [{ protocol: "tcp", ports: [443] }], why: "services" })),
  },
  people: {
    groups: {
      "platform-admins": { identityCenterId: "c242c5b0-6081-4845-8fa8-6e0d9513c107" },
    },
  },
};

/** Fields that only change together with the object that has them. */
export const whole: Readonly<Record<string, string>> = {
  "people.aws.users.type": "aws.users",
  "people.aws.devices.type": "aws.devices",
  "deployers.accounts.*.deployers.*.from.platform": "accounts.*.deployers.*.from",
  "deployers.projects.*.deployers.*.from.platform": "projects.*.deployers.*.from",
};

/** Other values by the end of a field's path, for strings and lists whose form only their schemas know. */
export const environmentOthers: Readonly<Record<string, readonly unknown[]>> = {
  "assumeRole.roleArn": ["arn:aws:iam::111122223333:role/other"],
  externalId: ["other"],
  "sessionTags.*": ["other"],
  sessionName: ["other"],
  impersonate: ["other@atoll-one.iam.gserviceaccount.com"],
  "audit.accounts": [{ "111122223333": { region: "us-east-1" } }],
  "audit.projects": [{ "atoll-one": { region: "europe-west1" } }],
  "accounts.*.region": ["us-west-2"],
  "projects.*.region": ["europe-west4"],
  guardrails: ["projects/210987654321", undefined],
  logPath: ["/var/log/other.log"],
  emails: [["other@atoll.example"]],
  billingAccount: ["0A2345-6789AB-CDEF09"],
  "projects.*.monthly.currency": ["GBP"],
  "cells.*.monthly.currency": ["GBP"],
  "from.repository": ["atoll/other"],
  "ids.owner": ["3"],
  "ids.repository": ["4"],
  "on.name": ["other"],
  host: ["gitlab.example"],
  "from.project": ["atoll/other"],
  identityCenterId: ["d242c5b0-6081-4845-8fa8-6e0d9513c108"],
  "people.aws.users": [{ type: "identity-center" }],
  "people.aws.devices": [{ type: "jamf", tenantId: "atoll" }],
  "deployers.*.from": [
    { platform: "gitlab", project: "atoll/footprint", on: { event: "branch", name: "main" } },
  ],
  "connectivity.asns": [{}, { gcp: 64_701 }],
  tunnels: [{ "aws-111122223333-us-east-1-to-gcp": "169.254.64.0/28" }],
  boundary: ["arn:aws:iam::111122223333:policy/other", undefined],
  statements: [
    [
      {
        sid: "ReadClusters",
        actions: ["eks:DescribeCluster"],
        resources: ["arn:aws:eks:us-east-1:111122223333:cluster/all-*"],
      },
    ],
  ],
  roles: [[{ role: "roles/container.clusterViewer" }]],
  linkRange: ["169.254.128.0/17"],
  "gateways.*.asn": [65_011],
  "gateways.*.addresses": [["198.51.100.9", "198.51.100.10"]],
  "presharedKey.configKey": ["other-psk"],
  "googleHub.region": ["europe-west4"],
  "dns.domain": ["other.atoll.internal"],
  googleResolvers: ["10.60.0.8/29"],
  who: ["others@atoll.example"],
  googleId: ["02e631hw5wkdsiu"],
  authorizationEndpoint: ["https://elsewhere.example/authorize"],
  tokenEndpoint: ["https://elsewhere.example/token"],
  userInfoEndpoint: ["https://elsewhere.example/userinfo"],
  publicSigningKeyEndpoint: ["https://elsewhere.example/keys"],
  "users.issuer": ["https://elsewhere.example"],
  clientId: ["other"],
  "clientSecret.configKey": ["other-secret"],
  scope: ["openid"],
  tenantId: ["other"],
  clientDomain: ["other.atoll.example"],
  accessPolicy: ["123456789013"],
  organization: ["210987654322"],
};
