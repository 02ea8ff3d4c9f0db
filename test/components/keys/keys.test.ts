// Registered resources and key policies. How KMS evaluates the policies is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { keyPolicy } from "../../../components/keys/aws-policies.ts";
import { GcpKeyAgents } from "../../../components/keys/gcp-agents.ts";
import { createKeys } from "../../../components/keys/keys.ts";
import {
  gcpPurposes,
  type Purpose,
  purposes,
  serviceKeys,
} from "../../../components/keys/schema.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { aws, gcp } from "./fixture.ts";

const ownership = {
  environment: "prod",
  owner: "platform",
  costCentre: "platform-1001",
  dataClass: "restricted",
} as const;
const place = { account: aws.account, region: aws.region };

describe("AWS", async () => {
  const resources = await inventory(() => createKeys("keys", { spec: aws, ownership }));

  test("there is a key with an alias for each purpose, and nothing else", () => {
    assert.deepEqual(counts(resources), {
      "atoll:keys:AwsKeys": 1,
      "aws:kms/alias:Alias": purposes.length,
      "aws:kms/key:Key": purposes.length,
    });
  });

  test("keys rotate every year, have a waiting period of 30 days, and are retained", () => {
    for (const purpose of purposes) {
      const { inputs, protect, retainOnDelete } = only(
        resources,
        "aws:kms/key:Key",
        `keys-${purpose}`,
      );
      assert.deepEqual(
        [inputs.enableKeyRotation, inputs.rotationPeriodInDays, inputs.deletionWindowInDays],
        [true, 365, 30],
      );
      assert.deepEqual([protect, retainOnDelete], [true, true]);
      const alias = only(resources, "aws:kms/alias:Alias", `keys-${purpose}-alias`).inputs;
      assert.equal(alias.name, `alias/prod/${purpose}`);
    }
  });

  test("the schemas of the embedded cloud accept everything", () => {
    assert.deepEqual(refusals(resources), []);
  });

  test("keys of an ephemeral environment are not retained", async () => {
    const short = await inventory(() =>
      createKeys("keys", { spec: aws, ownership, retain: false }),
    );
    assert.ok(short.every(({ protect, retainOnDelete }) => !protect && !retainOnDelete));
  });
});

describe("AWS key policies", () => {
  test("name all principals except one role, and use no wildcard actions", () => {
    for (const purpose of purposes) {
      for (const { sid, principals, actions } of keyPolicy(purpose, place)) {
        assert.equal(principals === "anyone", sid.endsWith("OfAutoScaling"), sid);
        assert.doesNotMatch(JSON.stringify([principals, actions]), /\*/, sid);
      }
    }
  });

  test("allow the role of EC2 Auto Scaling by a condition: it does not exist in a new account", () => {
    const statements = keyPolicy("volumes", place);
    const role =
      "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
    const only = {
      ArnEquals: { "aws:PrincipalArn": role },
      StringEquals: { "kms:CallerAccount": "111122223333" },
    };
    assert.deepEqual(
      statements.slice(3).map(({ sid, conditions }) => [sid, conditions]),
      [
        ["VolumesOfAutoScaling", only],
        ["GrantsOfAutoScaling", { ...only, Bool: { "kms:GrantIsForAWSResource": "true" } }],
      ],
    );
    for (const purpose of purposes) {
      const principals = keyPolicy(purpose, place).map((each) => each.principals);
      assert.doesNotMatch(JSON.stringify(principals), /:(role|user)\//, purpose);
    }
  });

  test("allow administrators to manage a key but not to use it", () => {
    for (const purpose of purposes) {
      const [administration] = keyPolicy(purpose, place);
      assert.deepEqual(administration?.principals, { aws: "arn:aws:iam::111122223333:root" });
      assert.doesNotMatch(
        JSON.stringify(administration?.actions),
        /kms:(Encrypt|Decrypt|GenerateDataKey|ReEncrypt|CreateGrant)/,
      );
      // Without it, the policy could never be changed again.
      assert.match(JSON.stringify(administration?.actions), /"kms:PutKeyPolicy"/);
    }
  });

  test("require a condition for every use", () => {
    const unconditional = purposes.flatMap((purpose) =>
      keyPolicy(purpose, place)
        .slice(1)
        .filter(({ conditions }) => conditions === undefined)
        .map(({ sid }) => sid),
    );
    assert.deepEqual(unconditional, []);
  });

  test("of logs allow CloudWatch Logs of this region for log groups of this account", () => {
    const [, logs] = keyPolicy("logs", place);
    assert.deepEqual(logs?.principals, { services: "logs.us-east-1.amazonaws.com" });
    assert.deepEqual(logs?.conditions, {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:111122223333:log-group:*",
      },
    });
  });

  test("allow grants only for AWS resources, for services that create grants", () => {
    const lent = purposes
      .filter((purpose) => purpose !== "cluster-secrets")
      .map((purpose) => {
        const grants = keyPolicy(purpose, place).filter(({ actions }) =>
          JSON.stringify(actions).includes("CreateGrant"),
        );
        for (const { sid, conditions } of grants) {
          assert.deepEqual(conditions?.Bool, { "kms:GrantIsForAWSResource": "true" }, sid);
        }
        return [purpose, grants.length];
      });
    assert.partialDeepStrictEqual(Object.fromEntries(lent), {
      logs: 0,
      volumes: 2,
      streams: 1,
      databases: 1,
      caches: 1,
      objects: 0,
      secrets: 1,
    });
  });

  test("allow the account to use keys of data services through the service, in this region", () => {
    const services = (purpose: Purpose) =>
      keyPolicy(purpose, place)
        .filter(({ principals }) => JSON.stringify(principals)?.includes(":root"))
        .slice(1)
        .map(({ sid, conditions }) => {
          const { "kms:CallerAccount": account, "kms:ViaService": service } =
            conditions?.StringEquals ?? {};
          assert.equal(account, "111122223333", sid);
          return service;
        });
    assert.deepEqual(
      Object.fromEntries(
        (["streams", "databases", "caches", "objects", "secrets"] as const).map((purpose) => [
          purpose,
          services(purpose),
        ]),
      ),
      {
        streams: ["kafka.us-east-1.amazonaws.com", "kafka.us-east-1.amazonaws.com"],
        databases: [
          "rds.us-east-1.amazonaws.com",
          "secretsmanager.us-east-1.amazonaws.com",
          ["rds.us-east-1.amazonaws.com", "secretsmanager.us-east-1.amazonaws.com"],
        ],
        caches: ["elasticache.us-east-1.amazonaws.com", "elasticache.us-east-1.amazonaws.com"],
        objects: ["s3.us-east-1.amazonaws.com"],
        secrets: [
          "secretsmanager.us-east-1.amazonaws.com",
          "verified-access.us-east-1.amazonaws.com",
          "verified-access.us-east-1.amazonaws.com",
        ],
      },
    );
  });

  test("have unique sids of letters and digits", () => {
    for (const purpose of purposes) {
      const sids = keyPolicy(purpose, place).map(({ sid }) => sid);
      assert.equal(new Set(sids).size, sids.length);
      assert.ok(sids.every((sid) => /^[A-Za-z0-9]+$/.test(sid)));
    }
  });

  test("of cluster secrets do not use the condition that EKS does not support", () => {
    const statements = JSON.stringify(keyPolicy("cluster-secrets", place));
    assert.doesNotMatch(statements, /GrantIsForAWSResource/);
    assert.match(statements, /kms:CreateGrant/);
  });
});

/** Service agents that must be requested. */
const asked = serviceKeys.filter((key) => "gcpService" in key).length;

describe("GCP", async () => {
  const resources = await inventory(() => createKeys("keys", { spec: gcp, ownership }));

  test("there is a key ring with a key for each purpose, and the agents that use them", () => {
    assert.deepEqual(counts(resources), {
      "atoll:keys:GcpKeyAgents": 1,
      "atoll:keys:GcpKeys": 1,
      // Including the key of the audit archive.
      "gcp:kms/cryptoKey:CryptoKey": purposes.length + 1,
      // The agents of GKE and Compute Engine already exist.
      "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": asked + 2,
      "gcp:kms/keyRing:KeyRing": 1,
      "gcp:projects/serviceIdentity:ServiceIdentity": asked,
    });
    const members = resources.filter(({ type }) => type.endsWith(":CryptoKeyIAMMember"));
    const granted = members.map(({ inputs }) => [
      String(inputs.cryptoKeyId).split("/").at(-1),
      inputs.member,
    ]);
    assert.partialDeepStrictEqual(Object.fromEntries(granted), {
      caches: "serviceAccount:service-424242424242@gcp-sa-memorystore.iam.gserviceaccount.com",
      "cluster-secrets":
        "serviceAccount:service-123456789012@container-engine-robot.iam.gserviceaccount.com",
      databases: "serviceAccount:service-424242424242@gcp-sa-sqladmin.iam.gserviceaccount.com",
      streams: "serviceAccount:service-424242424242@gcp-sa-managedkafka.iam.gserviceaccount.com",
      volumes: "serviceAccount:service-123456789012@compute-system.iam.gserviceaccount.com",
    });
    const roles = new Set(members.map(({ inputs }) => inputs.role));
    assert.deepEqual([...roles], ["roles/cloudkms.cryptoKeyEncrypterDecrypter"]);
  });

  test("keys rotate every 90 days and are retained with their key ring", () => {
    for (const purpose of gcpPurposes) {
      const { inputs, protect } = only(resources, "gcp:kms/cryptoKey:CryptoKey", `keys-${purpose}`);
      assert.deepEqual(
        [inputs.rotationPeriod, inputs.purpose, protect],
        ["7776000s", "ENCRYPT_DECRYPT", true],
      );
    }
    const ring = only(resources, "gcp:kms/keyRing:KeyRing");
    assert.deepEqual(
      [ring.inputs.name, ring.inputs.location, ring.protect],
      ["prod-keys", "europe-west1", true],
    );
  });

  test("the schemas of the embedded cloud accept everything", () => {
    assert.deepEqual(refusals(resources), []);
  });

  test("key rings of several regions can share the agents of their project", async () => {
    const both = await inventory(() => {
      const agents = new GcpKeyAgents("agents", { project: gcp.project, ownership });
      for (const region of ["europe-west1", "us-central1"]) {
        createKeys(`keys-${region}`, { spec: { ...gcp, region }, agents, ownership });
      }
    });
    const number = (type: string) => counts(both)[type];
    assert.deepEqual(
      [
        number("gcp:kms/keyRing:KeyRing"),
        number("gcp:projects/serviceIdentity:ServiceIdentity"),
        number("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember"),
      ],
      [2, asked, 2 * (asked + 2)],
    );
    assert.deepEqual(refusals(both), []);
  });

  test("the next edition has a key ring with another name", async () => {
    const next = await inventory(() =>
      createKeys("keys", { spec: { ...gcp, edition: 2 }, ownership }),
    );
    assert.equal(only(next, "gcp:kms/keyRing:KeyRing").inputs.name, "prod-keys-2");
  });

  test("references are the keys' resource names", () => {
    const { outputs } = only(resources, "atoll:keys:GcpKeys");
    assert.equal(
      (outputs as { keyIds: Record<string, string> }).keyIds.volumes,
      "projects/acme-prod/locations/europe-west1/keyRings/prod-keys/cryptoKeys/volumes",
    );
  });
});
