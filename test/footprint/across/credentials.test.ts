// What is refused between credentials and cells. That EKS would refuse it too is from its documents.
import { all, aws, refusesEach, set } from "../../support/sample.ts";

const roleArn = "arn:aws:iam::111122223333:role/deploy";
const credentials = set("credentials", {
  accounts: { "111122223333": { assumeRole: { roleArn } } },
});
const named = (policy: string) => set("cluster.access.deploy", { principalArn: roleArn, policy });

refusesEach([
  [
    "a role that no cluster of its account lets in",
    { local: credentials },
    [
      /aws-use1\.yaml: cluster\.access: must include arn:aws:iam::111122223333:role\/deploy with the policy "cluster-admin"/,
    ],
  ],
  [
    "a role that a cluster lets see only",
    { local: credentials, [aws]: named("view") },
    [/aws-use1\.yaml: cluster\.access: must include /],
  ],
  ["nothing where it is let in", { local: all(credentials), [aws]: named("cluster-admin") }, []],
]);
