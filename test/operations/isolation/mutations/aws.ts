/** IAM, keys and caches on AWS. */
import {
  bucketOf,
  keyArn,
  namespaceVariable,
  roleArn,
  sharedBucket,
  sharedKey,
  variable,
} from "../fixture/aws.ts";
import { allow, resource } from "../fixture/resource.ts";
import {
  also,
  type Bag,
  edit,
  type Mutation,
  plus,
  rewrite,
  set,
  several,
  statement,
} from "./mutation.ts";

/** Changes the permissions of acme's own role. */
const grants = (what: string, change: (inputs: Bag) => void, to = "birch"): Mutation => ({
  what,
  plane: "aws-iam",
  opens: ["acme", to],
  change: edit("RolePolicy", "acme-grants", change),
});
const more = (sid: string, actions: string[], resources: string[]) =>
  also("policy", allow({ sid, actions, resources }));

export const iam: readonly Mutation[] = [
  grants(
    "forgets the delimiter of a topic prefix",
    rewrite("policy", "/acme.*", "/acme*"),
    "acme2",
  ),
  grants(
    "forgets the delimiter of a secret's path",
    rewrite("policy", "secret:prod/aws-use1/tenants/acme/*", "secret:prod/aws-use1/tenants/acme*"),
    "acme2",
  ),
  grants(
    "forgets the delimiter of groups only",
    rewrite("policy", ":group/prod-stream/7e1b-1/acme.*", ":group/prod-stream/7e1b-1/acme*"),
    "acme2",
  ),
  grants("widens the bucket to all buckets", rewrite("policy", `:::${bucketOf("acme")}`, ":::*")),
  grants(
    "widens secrets to those of all tenants",
    rewrite("policy", "secret:prod/aws-use1/tenants/acme/*", "secret:prod/aws-use1/tenants/*"),
  ),
  grants(
    "widens secrets to those of the cell",
    rewrite("policy", "secret:prod/aws-use1/tenants/acme/*", "secret:prod/aws-use1/*"),
    "(cell)",
  ),
  grants("connects as every database user", rewrite("policy", "/tenant_acme", "/*")),
  grants(
    "connects as another tenant's cache user",
    rewrite("policy", "user:prod-acme", "user:prod-*"),
  ),
  grants(
    "names another tenant's bucket",
    more("More", ["s3:GetObject"], [`arn:aws:s3:::${bucketOf("birch")}/*`]),
  ),
  grants("allows everything with buckets", more("All", ["s3:*"], ["*"]), "(cell)"),
  grants(
    "lists the shared bucket without a prefix",
    more("More", ["s3:ListBucket"], [`arn:aws:s3:::${sharedBucket}`]),
  ),
  grants("passes roles", more("More", ["iam:PassRole"], [roleArn("*")])),
  {
    what: "may assume roles, and another tenant's trusts the account",
    plane: "aws-iam",
    opens: ["acme", "birch"],
    change: several(
      edit("RolePolicy", "acme-grants", more("More", ["sts:AssumeRole"], [roleArn("*")])),
      edit(
        "Role",
        "birch-role",
        also("assumeRolePolicy", {
          Sid: "More",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "sts:AssumeRole",
        }),
      ),
    ),
  },
  {
    what: "shares one prefix of the shared bucket",
    plane: "aws-iam",
    opens: ["acme", "birch"],
    change: edit(
      "RolePolicy",
      "tenants-grants",
      rewrite("policy", `/${namespaceVariable}/*`, "/*"),
    ),
  },
  {
    what: "drops the condition on the prefix of the shared bucket",
    plane: "aws-iam",
    opens: ["birch", "acme"],
    change: edit(
      "RolePolicy",
      "tenants-grants",
      statement("policy", "SharedList", ({ Condition: _, ...rest }) => rest),
    ),
  },
  {
    what: "forgets the delimiter after the namespace",
    plane: "aws-iam",
    opens: ["acme", "acme2"],
    change: several(
      edit(
        "RolePolicy",
        "tenants-grants",
        rewrite("policy", `${namespaceVariable}/*`, `${variable("team")}*`),
      ),
      // The role's own tag is the same for all.
      edit("Role", "tenants", set("tags", { team: "tenant-acme" })),
    ),
  },
  {
    what: "associates a service account with another tenant's role",
    plane: "aws-iam",
    opens: ["acme", "birch"],
    change: several(
      edit("PodIdentityAssociation", "acme-pods", set("roleArn", roleArn("prod-birch-api"))),
      edit(
        "Role",
        "birch-role",
        rewrite("assumeRolePolicy", "tenant-birch-app", "tenant-acme-app"),
      ),
    ),
  },
  {
    what: "trusts every caller of the account",
    plane: "aws-iam",
    opens: ["acme", "birch"],
    change: edit(
      "Role",
      "birch-role",
      also("assumeRolePolicy", {
        Sid: "More",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "sts:AssumeRole",
      }),
    ),
  },
  {
    what: "trusts the tokens of all tenants",
    plane: "aws-iam",
    opens: ["acme", "birch"],
    change: edit(
      "Role",
      "birch-role",
      also("assumeRolePolicy", {
        Sid: "More",
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/oidc.eks" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringLike: { "oidc.eks:sub": "system:serviceaccount:tenant-*:api" } },
      }),
    ),
  },
  {
    what: "names another tenant's role in a bucket policy",
    plane: "aws-iam",
    opens: ["acme", "birch"],
    change: edit(
      "BucketPolicy",
      "birch-files-policy",
      also("policy", {
        Sid: "More",
        Effect: "Allow",
        Principal: { AWS: roleArn("prod-acme-api") },
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:::${bucketOf("birch")}/*`,
      }),
    ),
  },
  {
    what: "makes a bucket public",
    plane: "aws-iam",
    opens: ["acme2", "birch"],
    change: edit(
      "BucketPolicy",
      "birch-files-policy",
      also("policy", {
        Sid: "Public",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:::${bucketOf("birch")}/*`,
      }),
    ),
  },
  {
    what: "attaches a policy of AWS for all buckets",
    plane: "aws-iam",
    opens: ["acme", "birch"],
    change: plus(
      resource("acme", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "acme-s3", {
        role: "prod-acme-api",
        policyArn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
      }),
    ),
  },
];

const keyGrants = (what: string, change: (inputs: Bag) => void, to = "birch"): Mutation => ({
  what,
  plane: "keys",
  opens: ["acme", to],
  change: edit("RolePolicy", "acme-grants", change),
});

export const keys: readonly Mutation[] = [
  keyGrants(
    "drops the encryption context of the shared key",
    statement("policy", "SharedKey", ({ Condition: _, ...rest }) => rest),
  ),
  keyGrants(
    "forgets the delimiter in the encryption context",
    statement("policy", "SharedKey", (one) =>
      JSON.parse(JSON.stringify(one).replace("tenants/acme/*", "tenants/acme*")),
    ),
    "acme2",
  ),
  keyGrants(
    "decrypts with the contexts of all tenants",
    statement("policy", "SharedKey", (one) =>
      JSON.parse(JSON.stringify(one).replace("tenants/acme/*", "tenants/*")),
    ),
  ),
  keyGrants(
    "uses the shared key through a service only",
    also("policy", {
      ...allow({ sid: "More", actions: ["kms:Decrypt"], resources: [sharedKey] }),
      Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
    }),
  ),
  {
    what: "uses another tenant's key, whose policy does not deny others",
    plane: "keys",
    opens: ["acme", "birch"],
    change: several(
      edit(
        "RolePolicy",
        "acme-grants",
        also("policy", allow({ sid: "More", actions: ["kms:Decrypt"], resources: [keyArn("*")] })),
      ),
      edit(
        "Key",
        "birch-key",
        statement("policy", "DenyOtherTenants", () => undefined),
      ),
    ),
  },
  {
    what: "names another tenant's role in a key's policy",
    plane: "keys",
    opens: ["acme", "birch"],
    change: edit(
      "Key",
      "birch-key",
      also("policy", {
        Sid: "More",
        Effect: "Allow",
        Principal: { AWS: roleArn("prod-acme-api") },
        Action: "kms:Decrypt",
        Resource: "*",
      }),
    ),
  },
  {
    what: "allows everybody to use a key, without a service between",
    plane: "keys",
    opens: ["acme2", "birch"],
    change: edit(
      "Key",
      "birch-key",
      statement("policy", "ObjectsThroughS3", ({ Condition: _, ...rest }) => rest),
    ),
  },
];

const user = (what: string, from: string, to: string, opened = "acme2"): Mutation => ({
  what,
  plane: "cache",
  opens: ["acme", opened],
  change: edit("User", "acme-cache-user", rewrite("accessString", from, to)),
});

export const cache: readonly Mutation[] = [
  user("forgets the delimiter of the key pattern", "~acme:*", "~acme*"),
  user("allows all keys", "~acme:*", "allkeys", "birch"),
  user("reads all keys", "~acme:*", "~acme:* %R~*", "birch"),
  user("allows all channels", "resetchannels &acme:*", "allchannels", "birch"),
  user("forgets the delimiter of channels", "&acme:*", "&acme*"),
  user("leaves scan", " -scan", "", "birch"),
  user("leaves randomkey", " -randomkey", "", "birch"),
  user("leaves the dangerous commands", " -@dangerous", "", "birch"),
  user("gives flushall back", "-scan", "-scan +flushall", "birch"),
  user("gives a selector for all keys", "-randomkey", "-randomkey (~* +get)", "birch"),
  {
    what: "shares one prefix between tenants",
    plane: "cache",
    opens: ["birch", "acme2"],
    change: edit("User", "birch-cache-user", rewrite("accessString", "~birch:*", "~acme2:*")),
  },
];

const declared = (what: string, from: string, to: string): Mutation => ({
  what,
  plane: "database",
  opens: ["acme", "birch"],
  change: edit("Invocation", "acme-database", rewrite("input", from, to)),
});

export const aurora: readonly Mutation[] = [
  declared("asks for a database that another tenant has", "tenant_acme_app", "tenant_birch_app"),
  declared(
    "asks for a role that another tenant has",
    "tenant_acme_app_web",
    "tenant_birch_app_web",
  ),
];
