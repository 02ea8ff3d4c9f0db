// What is registered with the engine, and the contents of policies. Does not prove that AWS evaluates them as intended.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { awsAudit } from "./fixture.ts";

interface PlainStatement {
  Sid: string;
  Effect: string;
  Principal: unknown;
  Action: unknown;
  Resource: unknown;
  Condition?: unknown;
}

const standard = await inventory(() => awsAudit());
const archive = "arn:aws:s3:::prod-audit-111122223333";
const trailArn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/prod-audit";

function allowed(type: string, name: string): Record<string, PlainStatement> {
  const { policy } = only(standard, type, name).inputs;
  const { Statement } = JSON.parse(String(policy)) as { Statement: PlainStatement[] };
  return Object.fromEntries(
    Statement.filter(({ Effect }) => Effect === "Allow").map((one) => [one.Sid, one]),
  );
}

test("a trail consists of exactly these resources", () => {
  assert.deepEqual(counts(standard), {
    "atoll:audit:AwsArchive": 1,
    "atoll:audit:AwsAudit": 1,
    "atoll:audit:AwsDetection": 1,
    "atoll:audit:AwsRecorder": 1,
    "atoll:object-store:AwsBucket": 4,
    "aws:accessanalyzer/analyzer:Analyzer": 1,
    "aws:cfg/deliveryChannel:DeliveryChannel": 1,
    "aws:cfg/recorder:Recorder": 1,
    "aws:cfg/recorderStatus:RecorderStatus": 1,
    "aws:cloudtrail/trail:Trail": 1,
    "aws:ebs/encryptionByDefault:EncryptionByDefault": 1,
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": 1,
    "aws:guardduty/detector:Detector": 1,
    "aws:guardduty/detectorFeature:DetectorFeature": 6,
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": 1,
    "aws:kms/alias:Alias": 1,
    "aws:kms/key:Key": 1,
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": 1,
    "aws:s3/bucket:Bucket": 4,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 4,
    "aws:s3/bucketLogging:BucketLogging": 3,
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": 1,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 4,
    "aws:s3/bucketPolicy:BucketPolicy": 4,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 4,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 4,
    "aws:s3/bucketVersioning:BucketVersioning": 4,
    "aws:securityhub/account:Account": 1,
    "aws:securityhub/standardsSubscription:StandardsSubscription": 3,
  });
  for (const { custom, name, outputs } of standard) if (!custom) assert.ok(outputs, name);
});

describe("the archive", () => {
  test("is locked in compliance mode for seven years, which SOX requires", () => {
    const { inputs } = only(
      standard,
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    );
    assert.deepEqual(
      [inputs.bucket, inputs.rule],
      ["prod-audit-111122223333", { defaultRetention: { mode: "COMPLIANCE", days: 2557 } }],
    );
    const bucket = only(standard, "aws:s3/bucket:Bucket", "audit-archive-trail");
    assert.deepEqual(
      [bucket.inputs.objectLockEnabled, bucket.inputs.forceDestroy, bucket.protect],
      [true, false, true],
    );
  });

  test("accepts deliveries of the trail only", () => {
    const { TrailLooksUp, TrailDelivers, ...others } = allowed(
      "aws:s3/bucketPolicy:BucketPolicy",
      "audit-archive-trail-policy",
    );
    assert.deepEqual(others, {});
    assert.deepEqual(TrailLooksUp?.Condition, { StringEquals: { "aws:SourceArn": trailArn } });
    assert.deepEqual(
      [TrailDelivers?.Principal, TrailDelivers?.Action, TrailDelivers?.Resource],
      [
        { Service: "cloudtrail.amazonaws.com" },
        "s3:PutObject",
        `${archive}/AWSLogs/111122223333/*`,
      ],
    );
    assert.deepEqual(TrailDelivers?.Condition, {
      StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" },
    });
  });

  test("accepts the trail's digest files, which use S3-managed keys, and no other objects with such keys", () => {
    const { policy } = only(
      standard,
      "aws:s3/bucketPolicy:BucketPolicy",
      "audit-archive-trail-policy",
    ).inputs;
    const { Statement } = JSON.parse(String(policy)) as { Statement: PlainStatement[] };
    const denied = Statement.find(({ Sid }) => Sid === "DenyOtherEncryption");
    assert.deepEqual(denied?.Condition, {
      StringNotEquals: {
        "s3:x-amz-server-side-encryption": "aws:kms",
        "aws:PrincipalServiceName": "cloudtrail.amazonaws.com",
      },
      Null: { "s3:x-amz-server-side-encryption": "false" },
    });
  });

  test("has a bucket for service logs, which accepts deliveries for this account only", () => {
    const { LogDeliveryDelivers } = allowed(
      "aws:s3/bucketPolicy:BucketPolicy",
      "audit-archive-services-policy",
    );
    assert.equal(
      LogDeliveryDelivers?.Resource,
      "arn:aws:s3:::prod-audit-services-111122223333/*/AWSLogs/111122223333/*",
    );
    assert.deepEqual(LogDeliveryDelivers?.Condition, {
      StringEquals: {
        "aws:SourceAccount": "111122223333",
        "s3:x-amz-acl": "bucket-owner-full-control",
      },
      ArnLike: { "aws:SourceArn": "arn:aws:logs:*:111122223333:*" },
    });
  });

  test("is not the bucket of Config, which does not deliver to a bucket with a default retention", () => {
    const channel = only(standard, "aws:cfg/deliveryChannel:DeliveryChannel").inputs;
    assert.equal(channel.s3BucketName, "prod-audit-config-111122223333");
    const { inputs } = only(standard, "aws:s3/bucket:Bucket", "audit-archive-config");
    assert.equal(inputs.objectLockEnabled, undefined);
    const { ConfigDelivers } = allowed(
      "aws:s3/bucketPolicy:BucketPolicy",
      "audit-archive-config-policy",
    );
    assert.deepEqual(ConfigDelivers?.Condition, {
      StringEquals: {
        "aws:SourceAccount": "111122223333",
        "s3:x-amz-acl": "bucket-owner-full-control",
      },
    });
  });

  test("has a key that CloudTrail uses for this trail, and no statement without a condition", () => {
    const { AccountAdministration, ...uses } = allowed("aws:kms/key:Key", "audit-archive-key");
    assert.ok(AccountAdministration);
    assert.deepEqual(Object.keys(uses), [
      "TrailDescribes",
      "TrailEncrypts",
      "ConfigEncrypts",
      "LogDeliveryEncrypts",
      "ReadThroughS3",
    ]);
    for (const { Sid, Condition, Action } of Object.values(uses)) {
      assert.ok(Condition, Sid);
      assert.doesNotMatch(JSON.stringify(Action), /\*/);
    }
  });

  test("of an ephemeral environment can be destroyed", async () => {
    const short = await inventory(() => awsAudit({ lifetime: "ephemeral" }, { retain: false }));
    const lock = only(short, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
    assert.deepEqual(lock.inputs.rule, { defaultRetention: { mode: "GOVERNANCE", days: 1 } });
    const { inputs, protect } = only(short, "aws:s3/bucket:Bucket", "audit-archive-trail");
    assert.deepEqual([inputs.forceDestroy, protect], [true, false]);
    assert.deepEqual(refusals(short), []);
  });

  test("of an ephemeral environment has no GuardDuty agents, whose endpoints would block the deletion of networks", async () => {
    const short = await inventory(() => awsAudit({ lifetime: "ephemeral" }, { retain: false }));
    assert.ok(short.every(({ inputs }) => inputs.name !== "RUNTIME_MONITORING"));
    await inventory(() =>
      assert.throws(
        () => awsAudit({ lifetime: "ephemeral", guardDuty: { runtimeMonitoring: true } }),
        /guardDuty\.runtimeMonitoring: must be false in an ephemeral environment/,
      ),
    );
  });
});

describe("the trail", () => {
  const { inputs, dependsOn } = only(standard, "aws:cloudtrail/trail:Trail");

  test("records all regions, validates log files, and is encrypted with the archive's key", () => {
    assert.deepEqual(
      [
        inputs.isMultiRegionTrail,
        inputs.includeGlobalServiceEvents,
        inputs.enableLogFileValidation,
      ],
      [true, true, true],
    );
    assert.match(String(inputs.kmsKeyId), /^arn:aws:kms:/);
    assert.ok(dependsOn.some((urn) => urn.endsWith("::audit-archive-trail-policy")));
  });

  test("records management events and all S3 object-level events except the archive's", () => {
    assert.deepEqual(inputs.advancedEventSelectors, [
      {
        name: "Management",
        fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
      },
      {
        name: "Objects",
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
          { field: "resources.ARN", notStartsWiths: [`${archive}/`] },
        ],
      },
    ]);
    assert.equal(inputs.eventSelectors, undefined);
  });

  test("can record writes only, and report unusual rates", async () => {
    const resources = await inventory(() =>
      awsAudit({ trail: { objects: "writes", insights: true } }),
    );
    const trail = only(resources, "aws:cloudtrail/trail:Trail").inputs;
    assert.match(
      JSON.stringify(trail.advancedEventSelectors),
      /\{"field":"readOnly","equals":\["false"\]\}|\{"equals":\["false"\],"field":"readOnly"\}/,
    );
    assert.equal((trail.insightSelectors as object[]).length, 2);
    assert.deepEqual(refusals(resources), []);
  });
});

describe("detection", () => {
  test("starts Config after its bucket, with its service-linked role", () => {
    const recorder = only(standard, "aws:cfg/recorder:Recorder");
    assert.match(String(recorder.inputs.roleArn), /AWSServiceRoleForConfig$/);
    assert.deepEqual(recorder.inputs.recordingGroup, {
      allSupported: true,
      includeGlobalResourceTypes: true,
    });
    const names = recorder.dependsOn.map((urn) => urn.split("::").at(-1));
    assert.deepEqual(names.sort(), [
      "audit-archive-config-policy",
      "audit-archive-config-versions",
      "audit-config-role",
    ]);
    const status = only(standard, "aws:cfg/recorderStatus:RecorderStatus");
    assert.equal(status.inputs.isEnabled, true);
    assert.ok(status.dependsOn.some((urn) => urn.includes("DeliveryChannel")));
  });

  test("has the standards of the environment's frameworks", () => {
    const arns = standard
      .filter(({ type }) => type.endsWith(":StandardsSubscription"))
      .map(({ inputs }) => String(inputs.standardsArn).split("standards/")[1]);
    assert.deepEqual(arns.sort(), [
      "aws-foundational-security-best-practices/v/1.0.0",
      "cis-aws-foundations-benchmark/v/5.0.0",
      "pci-dss/v/4.0.1",
    ]);
  });

  test("does not create account-level services that another environment owns", async () => {
    const resources = await inventory(() => awsAudit({ ownsAccount: false }));
    assert.deepEqual(
      resources.filter(({ type }) => /guardduty|cfg|securityhub|ebs|account/i.test(type)),
      [],
    );
    only(resources, "aws:cloudtrail/trail:Trail");
  });

  test("can disable runtime monitoring", async () => {
    const resources = await inventory(() => awsAudit({ guardDuty: { runtimeMonitoring: false } }));
    assert.equal(counts(resources)["aws:guardduty/detectorFeature:DetectorFeature"], 5);
  });
});

test("the schemas of the embedded cloud accept all of it", () => {
  assert.deepEqual(refusals(standard), []);
});
