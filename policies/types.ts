/** The resource types that controls check, with their inputs as declared by the SDKs. Types only. */
import type { IEC2NodeClass } from "@kubernetes-models/karpenter/karpenter.k8s.aws/v1/EC2NodeClass";
import type * as aws from "@pulumi/aws";
import type * as gcp from "@pulumi/gcp";
import type * as kubernetes from "@pulumi/kubernetes";
import type { Unwrap } from "@pulumi/pulumi";

interface InputsByType {
  "pulumi:pulumi:Stack": Record<string, unknown>;

  "aws:cloudtrail/trail:Trail": aws.cloudtrail.TrailArgs;
  "aws:cloudwatch/logGroup:LogGroup": aws.cloudwatch.LogGroupArgs;
  "aws:ebs/encryptionByDefault:EncryptionByDefault": aws.ebs.EncryptionByDefaultArgs;
  "aws:ebs/volume:Volume": aws.ebs.VolumeArgs;
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": aws.ec2.DefaultNetworkAclArgs;
  "aws:ec2/defaultRouteTable:DefaultRouteTable": aws.ec2.DefaultRouteTableArgs;
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": aws.ec2.DefaultSecurityGroupArgs;
  "aws:ec2/defaultSubnet:DefaultSubnet": aws.ec2.DefaultSubnetArgs;
  "aws:ec2/flowLog:FlowLog": aws.ec2.FlowLogArgs;
  "aws:ec2/instance:Instance": aws.ec2.InstanceArgs;
  "aws:ec2/internetGateway:InternetGateway": aws.ec2.InternetGatewayArgs;
  "aws:ec2/launchTemplate:LaunchTemplate": aws.ec2.LaunchTemplateArgs;
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": aws.ec2.MainRouteTableAssociationArgs;
  "aws:ec2/managedPrefixList:ManagedPrefixList": aws.ec2.ManagedPrefixListArgs;
  "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": aws.ec2.ManagedPrefixListEntryArgs;
  "aws:ec2/networkAcl:NetworkAcl": aws.ec2.NetworkAclArgs;
  "aws:ec2/networkAclRule:NetworkAclRule": aws.ec2.NetworkAclRuleArgs;
  "aws:ec2/route:Route": aws.ec2.RouteArgs;
  "aws:ec2/routeTable:RouteTable": aws.ec2.RouteTableArgs;
  "aws:ec2/routeTableAssociation:RouteTableAssociation": aws.ec2.RouteTableAssociationArgs;
  "aws:ec2/securityGroup:SecurityGroup": aws.ec2.SecurityGroupArgs;
  "aws:ec2/securityGroupRule:SecurityGroupRule": aws.ec2.SecurityGroupRuleArgs;
  "aws:ec2/subnet:Subnet": aws.ec2.SubnetArgs;
  "aws:ec2/vpc:Vpc": aws.ec2.VpcArgs;
  "aws:ec2/vpcEndpoint:VpcEndpoint": aws.ec2.VpcEndpointArgs;
  "aws:eks/addon:Addon": aws.eks.AddonArgs;
  "aws:eks/cluster:Cluster": aws.eks.ClusterArgs;
  "aws:eks/nodeGroup:NodeGroup": aws.eks.NodeGroupArgs;
  "aws:elasticache/replicationGroup:ReplicationGroup": aws.elasticache.ReplicationGroupArgs;
  "aws:iam/groupPolicy:GroupPolicy": aws.iam.GroupPolicyArgs;
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": aws.iam.GroupPolicyAttachmentArgs;
  "aws:iam/policy:Policy": aws.iam.PolicyArgs;
  "aws:iam/policyAttachment:PolicyAttachment": aws.iam.PolicyAttachmentArgs;
  "aws:iam/role:Role": aws.iam.RoleArgs;
  "aws:iam/rolePolicy:RolePolicy": aws.iam.RolePolicyArgs;
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": aws.iam.RolePolicyAttachmentArgs;
  "aws:iam/userPolicy:UserPolicy": aws.iam.UserPolicyArgs;
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": aws.iam.UserPolicyAttachmentArgs;
  "aws:kms/key:Key": aws.kms.KeyArgs;
  "aws:kms/keyPolicy:KeyPolicy": aws.kms.KeyPolicyArgs;
  "aws:msk/cluster:Cluster": aws.msk.ClusterArgs;
  "aws:rds/cluster:Cluster": aws.rds.ClusterArgs;
  "aws:rds/clusterInstance:ClusterInstance": aws.rds.ClusterInstanceArgs;
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": aws.rds.ClusterParameterGroupArgs;
  "aws:rds/instance:Instance": aws.rds.InstanceArgs;
  "aws:rds/parameterGroup:ParameterGroup": aws.rds.ParameterGroupArgs;
  "aws:s3/bucket:Bucket": aws.s3.BucketArgs;
  "aws:s3/bucketAcl:BucketAcl": aws.s3.BucketAclArgs;
  "aws:s3/bucketLogging:BucketLogging": aws.s3.BucketLoggingArgs;
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": aws.s3.BucketObjectLockConfigurationArgs;
  "aws:s3/bucketPolicy:BucketPolicy": aws.s3.BucketPolicyArgs;
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": aws.s3.BucketPublicAccessBlockArgs;
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": aws.s3.BucketServerSideEncryptionConfigurationArgs;
  "aws:s3/bucketVersioning:BucketVersioning": aws.s3.BucketVersioningArgs;
  "aws:sqs/queue:Queue": aws.sqs.QueueArgs;
  "aws:sqs/queuePolicy:QueuePolicy": aws.sqs.QueuePolicyArgs;
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": aws.vpc.SecurityGroupIngressRuleArgs;

  "gcp:compute/firewall:Firewall": gcp.compute.FirewallArgs;
  "gcp:compute/firewallPolicyRule:FirewallPolicyRule": gcp.compute.FirewallPolicyRuleArgs;
  "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule": gcp.compute.NetworkFirewallPolicyRuleArgs;
  "gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule": gcp.compute.RegionNetworkFirewallPolicyRuleArgs;
  "gcp:compute/subnetwork:Subnetwork": gcp.compute.SubnetworkArgs;
  "gcp:container/cluster:Cluster": gcp.container.ClusterArgs;
  "gcp:container/nodePool:NodePool": gcp.container.NodePoolArgs;
  "gcp:folder/iAMMember:IAMMember": gcp.folder.IAMMemberArgs;
  "gcp:kms/cryptoKey:CryptoKey": gcp.kms.CryptoKeyArgs;
  "gcp:organizations/iAMMember:IAMMember": gcp.organizations.IAMMemberArgs;
  "gcp:projects/iAMBinding:IAMBinding": gcp.projects.IAMBindingArgs;
  "gcp:projects/iAMMember:IAMMember": gcp.projects.IAMMemberArgs;
  "gcp:pubsub/subscriptionIAMBinding:SubscriptionIAMBinding": gcp.pubsub.SubscriptionIAMBindingArgs;
  "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember": gcp.pubsub.SubscriptionIAMMemberArgs;
  "gcp:pubsub/topic:Topic": gcp.pubsub.TopicArgs;
  "gcp:pubsub/topicIAMBinding:TopicIAMBinding": gcp.pubsub.TopicIAMBindingArgs;
  "gcp:pubsub/topicIAMMember:TopicIAMMember": gcp.pubsub.TopicIAMMemberArgs;
  "gcp:serviceaccount/account:Account": gcp.serviceaccount.AccountArgs;
  "gcp:serviceaccount/key:Key": gcp.serviceaccount.KeyArgs;
  "gcp:sql/databaseInstance:DatabaseInstance": gcp.sql.DatabaseInstanceArgs;
  "gcp:storage/bucket:Bucket": gcp.storage.BucketArgs;
  "gcp:storage/bucketAccessControl:BucketAccessControl": gcp.storage.BucketAccessControlArgs;
  "gcp:storage/bucketIAMBinding:BucketIAMBinding": gcp.storage.BucketIAMBindingArgs;
  "gcp:storage/bucketIAMMember:BucketIAMMember": gcp.storage.BucketIAMMemberArgs;

  "kubernetes:core/v1:Namespace": kubernetes.types.input.core.v1.Namespace;
  "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass": IEC2NodeClass;
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": kubernetes.types.input.networking.v1.NetworkPolicy;
  "kubernetes:storage.k8s.io/v1:StorageClass": kubernetes.types.input.storage.v1.StorageClass;
}

export type ResourceType = keyof InputsByType;

/** The inputs of a resource of this type. Outputs have the same names. */
export type Props<T extends ResourceType> = Unwrap<InputsByType[T]>;
