// What is registered with the engine. Does not prove that Aurora accepts this combination of settings, or fails over in time.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { adjust } from "../../../components/core/adjust.ts";
import { AwsDatabase, type AwsDatabaseArgs } from "../../../components/database/aws.ts";
import { refusals } from "../../support/accepted.ts";
import { keyArn } from "../../support/data-args.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { awsArgs, awsSpec } from "./fixture.ts";

const build = (changed: Partial<AwsDatabaseArgs> = {}) =>
  inventory(() => new AwsDatabase("database", { ...awsArgs, ...changed }), {
    respond: ({ type }) =>
      type === "aws:rds/cluster:Cluster"
        ? {
            masterUserSecrets: [{ secretArn: secret, secretStatus: "active", kmsKeyId: "" }],
            clusterResourceId: "cluster-ABC123",
          }
        : undefined,
  });
const secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!cluster-1a2b";
const clusterType = "aws:rds/cluster:Cluster";
const instanceType = "aws:rds/clusterInstance:ClusterInstance";

describe("what a database on AWS registers", async () => {
  const all = await build();
  const cluster = only(all, clusterType);

  test("a cluster of two instances, its groups and logs, a proxy, and security groups", () => {
    assert.deepEqual(counts(all), {
      "atoll:database:AwsDatabase": 1,
      "atoll:database:AwsDatabaseAccess": 1,
      "atoll:database:AwsDatabaseInstances": 1,
      "atoll:database:AwsDatabaseParameters": 1,
      "atoll:database:AwsDatabaseProxy": 1,
      "aws:cloudwatch/logGroup:LogGroup": 2,
      "aws:ec2/securityGroup:SecurityGroup": 2,
      "aws:iam/role:Role": 2,
      "aws:iam/rolePolicy:RolePolicy": 1,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 1,
      [clusterType]: 1,
      [instanceType]: 2,
      "aws:rds/clusterParameterGroup:ClusterParameterGroup": 1,
      "aws:rds/parameterGroup:ParameterGroup": 1,
      "aws:rds/proxy:Proxy": 1,
      "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": 1,
      "aws:rds/proxyTarget:ProxyTarget": 1,
      "aws:rds/subnetGroup:SubnetGroup": 1,
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 1,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 3,
    });
  });

  test("the schemas of the embedded cloud accept all of it", () => {
    assert.deepEqual(refusals(all), []);
  });

  test("storage, backups, statistics and the master's secret are encrypted with a customer-managed key", () => {
    const { inputs } = cluster;
    assert.equal(inputs.storageEncrypted, true);
    for (const field of ["kmsKeyId", "masterUserSecretKmsKeyId", "performanceInsightsKmsKeyId"]) {
      assert.equal(inputs[field], keyArn("data"), field);
    }
    assert.equal(inputs.manageMasterUserPassword, true);
    assert.equal(inputs.masterPassword, undefined);
    assert.equal(inputs.iamDatabaseAuthenticationEnabled, true);
  });

  test("TLS is required and pgAudit is loaded, which needs a reboot", () => {
    const { parameters, family } = only(
      all,
      "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    ).inputs;
    assert.equal(family, "aurora-postgresql17");
    const byName = new Map(
      (parameters as { name: string; value: string; applyMethod: string }[]).map((it) => [
        it.name,
        it,
      ]),
    );
    assert.equal(byName.get("rds.force_ssl")?.value, "1");
    assert.deepEqual(byName.get("shared_preload_libraries"), {
      name: "shared_preload_libraries",
      value: "pg_stat_statements,pgaudit",
      applyMethod: "pending-reboot",
    });
  });

  test("instances are in different zones, private, monitored and patched", () => {
    const instances = all.filter(({ type }) => type === instanceType).map(({ inputs }) => inputs);
    assert.deepEqual(
      instances.map(({ availabilityZone, promotionTier }) => [availabilityZone, promotionTier]),
      [
        ["us-east-1a", 0],
        ["us-east-1b", 1],
      ],
    );
    for (const inputs of instances) {
      assert.equal(inputs.instanceClass, "db.serverless");
      assert.equal(inputs.publiclyAccessible, false);
      assert.equal(inputs.autoMinorVersionUpgrade, true);
      assert.equal(inputs.performanceInsightsKmsKeyId, keyArn("data"));
      assert.equal(inputs.caCertIdentifier, "rds-ca-rsa2048-g1");
      assert.equal(inputs.monitoringInterval, 60);
    }
  });

  test("only the cluster's nodes and the proxy may connect, by security group and to one port", () => {
    const rules = all.filter(({ type }) => type.endsWith(":SecurityGroupIngressRule"));
    assert.deepEqual(
      rules.map(({ name, inputs }) => [name, inputs.referencedSecurityGroupId]),
      [
        ["database-access-instances-from-cluster", "sg-0c"],
        ["database-access-proxy-from-cluster", "sg-0c"],
        [
          "database-access-instances-from-proxy",
          rules.find(({ name }) => name.endsWith("proxy-from-cluster"))?.inputs.securityGroupId,
        ],
      ],
    );
    for (const { inputs } of rules) {
      assert.deepEqual([inputs.fromPort, inputs.toPort, inputs.cidrIpv4], [5432, 5432, undefined]);
    }
  });

  test("the proxy accepts TLS and IAM only, authenticates with IAM, and has no password", () => {
    const proxy = only(all, "aws:rds/proxy:Proxy").inputs;
    assert.deepEqual(
      [proxy.requireTls, proxy.defaultAuthScheme, proxy.auths],
      [true, "IAM_AUTH", undefined],
    );
    const policy = JSON.parse(String(only(all, "aws:iam/rolePolicy:RolePolicy").inputs.policy));
    assert.deepEqual(policy.Statement, [
      {
        Sid: "SignIn",
        Effect: "Allow",
        Action: "rds-db:connect",
        Resource: "arn:aws:rds-db:us-east-1:111122223333:dbuser:cluster-ABC123/*",
      },
    ]);
  });

  test("log groups exist before RDS writes to them, encrypted and with a retention", () => {
    const groups = all.filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(groups.map(({ inputs }) => inputs.name).sort(), [
      "/aws/rds/cluster/prod-aws-use1-database/postgresql",
      "/aws/rds/proxy/prod-aws-use1-database-proxy",
    ]);
    for (const { inputs } of groups) {
      assert.deepEqual([inputs.kmsKeyId, inputs.retentionInDays], [keyArn("logs"), 365]);
    }
    const logs = groups.find(({ name }) => name === "database-logs");
    assert.ok(logs && cluster.dependsOn.includes(logs.urn));
  });

  test("readers may be removed, because the cluster holds the data", () => {
    for (const { type, protect, retainOnDelete } of all) {
      if (type === instanceType) assert.deepEqual([protect, retainOnDelete], [false, false]);
    }
  });

  test("a permanent one is retained and protected, with a final snapshot", () => {
    const { inputs, protect, retainOnDelete } = cluster;
    assert.deepEqual([protect, retainOnDelete], [true, true]);
    assert.deepEqual(
      [inputs.deletionProtection, inputs.skipFinalSnapshot, inputs.finalSnapshotIdentifier],
      [true, false, "prod-aws-use1-database-final"],
    );
    assert.equal(inputs.backupRetentionPeriod, 35);
  });
});

describe("what settings of a database on AWS change", () => {
  test("an ephemeral one can be destroyed at once", async () => {
    const all = await build({ retain: false });
    const { inputs } = only(all, clusterType);
    assert.deepEqual(
      [inputs.deletionProtection, inputs.skipFinalSnapshot, inputs.finalSnapshotIdentifier],
      [false, true, undefined],
    );
    assert.ok(all.every(({ protect, retainOnDelete }) => !protect && !retainOnDelete));
  });

  test("without a proxy clients connect to the writer, and no proxy resources are created", async () => {
    const all = await inventory(() => {
      const spec = { ...awsSpec, proxy: false };
      const database = new AwsDatabase("database", { ...awsArgs, spec });
      assert.equal(database.endpoint, database.writerEndpoint);
    });
    assert.ok(all.every(({ type, name }) => !/proxy/i.test(`${type} ${name}`)));
  });

  test("a major upgrade is allowed only with an approval, with groups of the new family", async () => {
    const before = await build();
    assert.equal(only(before, clusterType).inputs.allowMajorVersionUpgrade, undefined);
    assert.equal(only(before, clusterType).inputs.engineVersion, "17");
    const upgrade = { to: "18", approvedBy: "dba", change: "CHG-1" } as const;
    const during = await build({ spec: { ...awsSpec, upgrade } });
    const { inputs } = only(during, clusterType);
    assert.equal(inputs.allowMajorVersionUpgrade, true);
    assert.equal(inputs.engineVersion, "18");
    assert.equal(inputs.dbInstanceParameterGroupName, "prod-aws-use1-database-18");
    assert.equal(
      only(during, "aws:rds/clusterParameterGroup:ClusterParameterGroup").inputs.family,
      "aurora-postgresql18",
    );
    assert.deepEqual(refusals(during), []);
  });

  test("users connect to the proxy by its id, and to the cluster by the cluster's", async () => {
    const signIns = async (proxy: boolean) => {
      const texts: (string | undefined)[] = [];
      await inventory(
        () => {
          const database = new AwsDatabase("database", { ...awsArgs, spec: { ...awsSpec, proxy } });
          pulumi
            .all([
              database.signInArn("orders"),
              database.clusterResourceId,
              database.proxyResourceId ?? pulumi.output(undefined),
            ])
            .apply((known) => texts.push(...known));
        },
        {
          respond: ({ type }) =>
            type === "aws:rds/proxy:Proxy"
              ? { arn: "arn:aws:rds:us-east-1:111122223333:db-proxy:prx-0a1b" }
              : type === clusterType
                ? { clusterResourceId: "cluster-ABC123" }
                : undefined,
        },
      );
      return texts;
    };
    const user = "arn:aws:rds-db:us-east-1:111122223333:dbuser";
    assert.deepEqual(await signIns(true), [
      `${user}:prx-0a1b/orders`,
      "cluster-ABC123",
      "prx-0a1b",
    ]);
    assert.deepEqual(await signIns(false), [
      `${user}:cluster-ABC123/orders`,
      "cluster-ABC123",
      undefined,
    ]);
  });

  test("logical replication is enabled only when set", async () => {
    const logical = async (logicalReplication: boolean) => {
      const all = await build({ spec: { ...awsSpec, logicalReplication } });
      const group = only(all, "aws:rds/clusterParameterGroup:ClusterParameterGroup").inputs;
      return (group.parameters as { name: string }[]).filter(
        ({ name }) => name === "rds.logical_replication",
      );
    };
    assert.deepEqual(await logical(false), []);
    assert.deepEqual(await logical(true), [
      { name: "rds.logical_replication", value: "1", applyMethod: "pending-reboot" },
    ]);
  });

  test("one with `replicateTo` manages its master user's secret itself, in both regions, because RDS cannot", async () => {
    const all = await build({
      spec: { ...awsSpec, replicateTo: { cell: "aws-usw2" } },
      copy: { region: "us-west-2", keyArn: keyArn("there") },
    });
    assert.deepEqual(refusals(all), []);
    const { inputs, secrets, ignoreChanges } = only(all, clusterType);
    assert.equal(inputs.manageMasterUserPassword, undefined);
    assert.equal(inputs.masterUserSecretKmsKeyId, undefined);
    assert.ok(secrets.includes("masterPassword") && String(inputs.masterPassword).length >= 30);
    assert.deepEqual(ignoreChanges, ["globalClusterIdentifier"]);
    const version = only(all, "aws:secretsmanager/secretVersion:SecretVersion");
    assert.deepEqual(JSON.parse(String(version.inputs.secretString)), {
      username: inputs.masterUsername,
      password: inputs.masterPassword,
    });
    assert.deepEqual(
      [version.secrets, version.ignoreChanges],
      [["secretString"], ["secretString"]],
    );
    const secret = only(all, "aws:secretsmanager/secret:Secret").inputs;
    assert.deepEqual(secret.replicas, [{ region: "us-west-2", kmsKeyId: keyArn("there") }]);
  });

  test("a stored password stays stored without `replicateTo`, and RDS cannot manage that of a replicated database", async () => {
    const all = await build({ spec: { ...awsSpec, masterPassword: "stored" } });
    const { inputs, secrets } = only(all, clusterType);
    assert.equal(inputs.manageMasterUserPassword, undefined);
    assert.ok(secrets.includes("masterPassword"));
    const replicated = { ...awsSpec, masterPassword: "managed", replicateTo: { cell: "aws-usw2" } };
    await assert.rejects(
      build({ spec: replicated as typeof awsSpec }),
      /masterPassword.*"stored" or omitted/s,
    );
  });

  test("sizes become capacity units, and adjustments are applied last", async () => {
    const all = await build({
      spec: { ...awsSpec, size: "large", readReplicas: 3 },
      adjust: {
        main: adjust(aws.rds.Cluster, (args) => ({ ...args, storageType: "aurora-iopt1" })),
      },
    });
    const { inputs } = only(all, clusterType);
    assert.deepEqual(inputs.serverlessv2ScalingConfiguration, { minCapacity: 8, maxCapacity: 32 });
    assert.equal(inputs.storageType, "aurora-iopt1");
    assert.equal(all.filter(({ type }) => type === instanceType).length, 4);
  });
});
