/** Ids of AWS resources, and outputs that the general rules do not cover. */
import { nounOf, serviceOf } from "../urn.ts";
import { awsDefaults } from "./aws-defaults.ts";
import { ec2Ids } from "./aws-ec2.ts";
import { awsDataRules } from "./data-services.ts";
import { eksRules } from "./eks.ts";
import {
  fill,
  kebab,
  type Making,
  ownName,
  ownNameProperty,
  type Rule,
  type TypeRules,
} from "./making.ts";
import { route53Rules } from "./route53.ts";
import { awsServiceRules, linkedRole } from "./service-facts.ts";

/** Types whose id is their ARN, with the ARN's resource part. */
const arnIds: Readonly<Record<string, Rule>> = {
  "aws:acm/certificate:Certificate": "{arn:acm}:certificate/{uuid}",
  "aws:appautoscaling/policy:Policy": "{arn:autoscaling}:scalingPolicy:{uuid}:policyName/{own}",
  "aws:cloudtrail/eventDataStore:EventDataStore": "{arn:cloudtrail}:eventdatastore/{uuid}",
  "aws:cloudtrail/trail:Trail": "{arn:cloudtrail}:trail/{own}",
  "aws:costexplorer/anomalyMonitor:AnomalyMonitor": "{arn:ce}:anomalymonitor/{uuid}",
  "aws:costexplorer/anomalySubscription:AnomalySubscription": "{arn:ce}:anomalysubscription/{uuid}",
  "aws:costexplorer/costCategory:CostCategory": "{arn:ce}:costcategory/{uuid}",
  "aws:glue/registry:Registry": "{arn:glue}:registry/{own}",
  "aws:glue/schema:Schema": (making) => {
    const registry = String(making.inputs.registryArn ?? "default-registry")
      .split("/")
      .at(-1);
    return fill(`{arn:glue}:schema/${registry}/{schemaName}`, making);
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": ({ inputs, place }) =>
    `arn:aws:iam::${place.cloud === "aws" ? place.account : ""}:oidc-provider/${String(inputs.url).replace("https://", "")}`,
  "aws:iam/policy:Policy": "{arn:iam}:policy{path}{own}",
  "aws:iam/samlProvider:SamlProvider": "{arn:iam}:saml-provider/{own}",
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": (making) =>
    fill(
      `{arn:iam}:role/aws-service-role/{awsServiceName}/${linkedRole(String(making.inputs.awsServiceName ?? ""))}`,
      making,
    ),
  "aws:kinesis/stream:Stream": "{arn:kinesis}:stream/{own}",
  "aws:lambda/layerVersion:LayerVersion": "{arn:lambda}:layer:{layerName}:1",
  "aws:lb/listener:Listener": "{arn:elasticloadbalancing}:listener/app/{hex8}/{hex16}/{hex17}",
  "aws:lb/loadBalancer:LoadBalancer": "{arn:elasticloadbalancing}:loadbalancer/app/{own}/{hex16}",
  "aws:lb/targetGroup:TargetGroup": "{arn:elasticloadbalancing}:targetgroup/{own}/{hex16}",
  "aws:msk/cluster:Cluster": "{arn:kafka}:cluster/{clusterName}/{uuid}-7",
  "aws:msk/configuration:Configuration": "{arn:kafka}:configuration/{own}/{uuid}-7",
  "aws:msk/replicator:Replicator": "{arn:kafka}:replicator/{replicatorName}/{uuid}-7",
  "aws:msk/serverlessCluster:ServerlessCluster": "{arn:kafka}:cluster/{clusterName}/{uuid}-s1",
  "aws:msk/vpcConnection:VpcConnection": "{arn:kafka}:vpc-connection/{account}/{hex8}/{uuid}-7",
  "aws:mskconnect/connector:Connector": "{arn:kafkaconnect}:connector/{own}/{uuid}-3",
  "aws:mskconnect/customPlugin:CustomPlugin": "{arn:kafkaconnect}:custom-plugin/{own}/{uuid}-3",
  "aws:mskconnect/workerConfiguration:WorkerConfiguration":
    "{arn:kafkaconnect}:worker-configuration/{own}/{uuid}-3",
  "aws:ram/resourceShare:ResourceShare": "{arn:ram}:resource-share/{uuid}",
  "aws:secretsmanager/secret:Secret": "{arn:secretsmanager}:secret:{own}-{hex6}",
  "aws:sns/topic:Topic": "{arn:sns}:{own}",
  "aws:sns/topicSubscription:TopicSubscription": "{topic}:{uuid}",
};

/** Other ids that are not the physical name or `<noun>-<hex>`. */
const ids: Readonly<Record<string, string>> = {
  "aws:appautoscaling/target:Target": "{resourceId}",
  "aws:backup/plan:Plan": "{uuid}",
  "aws:budgets/budget:Budget": "{account}:{own}",
  "aws:cloudwatch/eventTarget:EventTarget": "{rule}-{targetId}",
  "aws:cloudwatch/logStream:LogStream": "{own}",
  "aws:eks/accessEntry:AccessEntry": "{clusterName}:{principalArn}",
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation":
    "{clusterName}#{principalArn}#{policyArn}",
  "aws:eks/addon:Addon": "{clusterName}:{addonName}",
  "aws:eks/capability:Capability": "{clusterName},{capabilityName}",
  "aws:eks/fargateProfile:FargateProfile": "{clusterName}:{fargateProfileName}",
  "aws:eks/identityProviderConfig:IdentityProviderConfig":
    "{clusterName}:{oidc.identityProviderConfigName}",
  "aws:eks/nodeGroup:NodeGroup": "{clusterName}:{nodeGroupName}",
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": "a-{hex17}",
  "aws:guardduty/detector:Detector": "{hex32}",
  "aws:iam/accessKey:AccessKey": "AKIA{HEX16}",
  "aws:iam/accountAlias:AccountAlias": "{accountAlias}",
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": "iam-account-password-policy",
  "aws:iam/rolePolicy:RolePolicy": "{role}:{own}",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "{role}/{policyArn}",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "{user}/{policyArn}",
  "aws:kms/grant:Grant": "{keyId}:{hex64}",
  "aws:kms/key:Key": "{uuid}",
  "aws:kms/keyPolicy:KeyPolicy": "{keyId}",
  "aws:kms/replicaKey:ReplicaKey": "mrk-{hex32}",
  "aws:lambda/eventSourceMapping:EventSourceMapping": "{uuid}",
  "aws:msk/clusterPolicy:ClusterPolicy": "{clusterArn}",
  "aws:msk/scramSecretAssociation:ScramSecretAssociation": "{clusterArn}",
  "aws:msk/topic:Topic": "{clusterArn},{own}",
  "aws:organizations/organization:Organization": "o-{hex10}",
  "aws:organizations/organizationalUnit:OrganizationalUnit": "ou-{hex4}-{hex8}",
  "aws:organizations/policy:Policy": "p-{hex8}",
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": "{dbProxyName}",
  "aws:route53/record:Record": "{zoneId}_{own}_{type}",
  "aws:route53/profilesProfile:ProfilesProfile": "rp-{hex16}",
  "aws:route53/profilesAssociation:ProfilesAssociation": "rpassoc-{hex16}",
  "aws:route53/profilesResourceAssociation:ProfilesResourceAssociation": "rpr-{hex16}",
  "aws:route53/resolverConfig:ResolverConfig": "rdsc-{hex16}",
  "aws:route53/resolverDnsSecConfig:ResolverDnsSecConfig": "rdsc-{hex16}",
  "aws:route53/resolverFirewallConfig:ResolverFirewallConfig": "rslvr-fc-{hex16}",
  "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": "rslvr-fdl-{hex16}",
  "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": "rslvr-frg-{hex16}",
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation":
    "rslvr-frgassoc-{hex16}",
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": "rqlc-{hex16}",
  "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation":
    "rqlca-{hex16}",
  "aws:route53/resolverRule:ResolverRule": "rslvr-rr-{ec2}",
  "aws:route53/resolverRuleAssociation:ResolverRuleAssociation": "rslvr-rrassoc-{ec2}",
  "aws:route53/zone:Zone": "Z{HEX13}",
  "aws:secretsmanager/secretVersion:SecretVersion": "{secretId}|{uuid}",
  "aws:securityhub/account:Account": "{account}",
  "aws:sns/topicPolicy:TopicPolicy": "{arn}",
  "aws:sqs/queue:Queue": "https://sqs.{region}.amazonaws.com/{account}/{own}",
  "aws:sqs/queuePolicy:QueuePolicy": "{queueUrl}",
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": "{queueUrl}",
  "aws:sqs/redrivePolicy:RedrivePolicy": "{queueUrl}",
  "aws:verifiedaccess/endpoint:Endpoint": "vae-{ec2}",
  "aws:verifiedaccess/group:Group": "vagr-{ec2}",
  "aws:verifiedaccess/instance:Instance": "vai-{ec2}",
  "aws:verifiedaccess/trustProvider:TrustProvider": "vatp-{ec2}",
};

/** ARNs that are not `<service>:<noun>/<id>`. */
const arns: Readonly<Record<string, string>> = {
  "aws:autoscaling/group:Group":
    "{arn:autoscaling}:autoScalingGroup:{uuid}:autoScalingGroupName/{own}",
  "aws:backup/vault:Vault": "{arn:backup}:backup-vault:{own}",
  "aws:cloudwatch/eventRule:EventRule": "{arn:events}:rule/{own}",
  "aws:cloudwatch/logGroup:LogGroup": "{arn:logs}:log-group:{own}",
  "aws:cloudwatch/logStream:LogStream": "{arn:logs}:log-group:{logGroupName}:log-stream:{own}",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "{arn:cloudwatch}:alarm:{own}",
  "aws:ecr/repository:Repository": "{arn:ecr}:repository/{own}",
  "aws:elasticache/parameterGroup:ParameterGroup": "{arn:elasticache}:parametergroup:{own}",
  "aws:elasticache/replicationGroup:ReplicationGroup": "{arn:elasticache}:replicationgroup:{id}",
  "aws:elasticache/subnetGroup:SubnetGroup": "{arn:elasticache}:subnetgroup:{own}",
  "aws:elasticache/user:User": "{arn:elasticache}:user:{id}",
  "aws:elasticache/userGroup:UserGroup": "{arn:elasticache}:usergroup:{id}",
  "aws:iam/instanceProfile:InstanceProfile": "{arn:iam}:instance-profile{path}{own}",
  "aws:iam/role:Role": "{arn:iam}:role{path}{own}",
  "aws:iam/user:User": "{arn:iam}:user{path}{own}",
  "aws:kms/alias:Alias": "{arn:kms}:{own}",
  "aws:kms/key:Key": "{arn:kms}:key/{id}",
  "aws:lambda/function:Function": "{arn:lambda}:function:{own}",
  "aws:rds/cluster:Cluster": "{arn:rds}:cluster:{id}",
  "aws:rds/clusterInstance:ClusterInstance": "{arn:rds}:db:{id}",
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": "{arn:rds}:cluster-pg:{id}",
  "aws:rds/instance:Instance": "{arn:rds}:db:{id}",
  "aws:rds/parameterGroup:ParameterGroup": "{arn:rds}:pg:{id}",
  "aws:rds/proxy:Proxy": "{arn:rds}:db-proxy:prx-{ec2}",
  "aws:rds/subnetGroup:SubnetGroup": "{arn:rds}:subgrp:{id}",
  "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList":
    "{arn:route53resolver}:firewall-domain-list/{id}",
  "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup":
    "{arn:route53resolver}:firewall-rule-group/{id}",
  "aws:route53/profilesProfile:ProfilesProfile": "{arn:route53profiles}:profile/{id}",
  "aws:route53/resolverEndpoint:ResolverEndpoint": "{arn:route53resolver}:resolver-endpoint/{id}",
  "aws:route53/resolverRule:ResolverRule": "{arn:route53resolver}:resolver-rule/{id}",
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig":
    "{arn:route53resolver}:resolver-query-log-config/{id}",
  "aws:route53/zone:Zone": "arn:aws:route53:::hostedzone/{id}",
  "aws:s3/bucket:Bucket": "{arn:s3}:{bucket}",
  "aws:sqs/queue:Queue": "{arn:sqs}:{own}",
  "aws:ssm/parameter:Parameter": "{arn:ssm}:parameter/{own}",
};

const outputs: Readonly<Record<string, TypeRules>> = {
  "aws:route53/resolverFirewallRule:ResolverFirewallRule": {
    // A threat protection rule has no domain list; its id contains that of the protection.
    id: (making) =>
      fill(
        `{firewallRuleGroupId}:${making.inputs.firewallDomainListId ?? fill("rslvr-ftp-{hex16}", making, "threat")}`,
        making,
      ),
    outputs: { firewallThreatProtectionId: "rslvr-ftp-{hex16}" },
  },
  "aws:iam/role:Role": { outputs: { uniqueId: "AROA{HEX16}" } },
  "aws:iam/instanceProfile:InstanceProfile": { outputs: { uniqueId: "AIPA{HEX16}" } },
  "aws:iam/policy:Policy": { outputs: { policyId: "ANPA{HEX16}" } },
  "aws:iam/user:User": { outputs: { uniqueId: "AIDA{HEX16}" } },
  "aws:kms/key:Key": { outputs: { keyId: "{id}", rotationPeriodInDays: () => 365 } },
  "aws:kms/alias:Alias": {
    outputs: { targetKeyArn: ({ refer }) => refer("targetKeyId")?.state.arn ?? "" },
  },
  "aws:cloudwatch/eventRule:EventRule": { outputs: { eventBusName: "default" } },
  "aws:s3/bucket:Bucket": {
    outputs: {
      bucketDomainName: "{bucket}.s3.amazonaws.com",
      bucketRegionalDomainName: "{bucket}.s3.{region}.amazonaws.com",
      bucketRegion: "{region}",
    },
  },
  "aws:ecr/repository:Repository": {
    outputs: { repositoryUrl: "{account}.dkr.ecr.{region}.amazonaws.com/{own}" },
  },
  "aws:sqs/queue:Queue": { outputs: { url: "{id}" } },
  "aws:verifiedaccess/endpoint:Endpoint": {
    outputs: {
      endpointDomain:
        "{hex8}.edge-{hex17}.{verifiedAccessGroupId}.prod.verified-access.{region}.amazonaws.com",
    },
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    outputs: {
      arn: ({ inputs, refer }) => refer("secretId")?.state.arn ?? inputs.secretId,
      versionId: ({ id }) => id.split("|")[1] ?? "",
    },
  },
  "aws:route53/zone:Zone": { outputs: { zoneId: "{id}" } },
  ...awsDataRules,
  ...eksRules,
  ...route53Rules,
};

/** All rules by type, from the tables above. */
export const awsRules: Readonly<Record<string, TypeRules>> = join();

function join(): Record<string, TypeRules> {
  const joined: Record<string, TypeRules> = {};
  const add = (type: string, rules: TypeRules) => {
    const known = joined[type];
    joined[type] = { ...known, ...rules, outputs: { ...known?.outputs, ...rules.outputs } };
  };
  for (const [type, id] of Object.entries(ec2Ids)) add(type, id);
  for (const [type, id] of Object.entries({ ...arnIds, ...ids })) add(type, { id });
  for (const [type, arn] of Object.entries(arns)) add(type, { outputs: { arn } });
  for (const rules of [outputs, awsServiceRules, awsDefaults])
    for (const [type, one] of Object.entries(rules)) add(type, one);
  return joined;
}

/** The id of a type that is not in the tables: its physical name, or `<noun>-<hex>`. */
export function awsIdRule(making: Making): string {
  const { schema, inputs } = making;
  const service = serviceOf(schema.type);
  // Settings of a bucket have the bucket's id.
  if (service === "s3" && typeof inputs.bucket === "string") return "{bucket}";
  return ownName(making) !== undefined && ownNameProperty(schema) !== undefined
    ? "{own}"
    : `${kebab(nounOf(schema.type))}-{ec2}`;
}
