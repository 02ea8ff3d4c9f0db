/** Attacks through the APIs of AWS and Google Cloud, as the service accounts of the attacker. Pure. */
import { googleBindings } from "../google/bindings.ts";
import { accountBindings } from "../google/members.ts";
import type { PlaneName } from "../model.ts";
import { at, text } from "../plain.ts";
import type { CellView } from "../view.ts";
import type { Attack } from "./attack.ts";
import { images, inPod } from "./pod.ts";
import { attacked, type Foothold, footholds, type Target } from "./target.ts";

type Cloud = "aws" | "google";

/** How each cloud refuses. Sources: the references of the AWS CLI and of gcloud, exit codes and errors. */
const refusals: Readonly<Record<Cloud, string>> = {
  aws: "AccessDenied|not authorized",
  google: "PERMISSION_DENIED|does not have .* access|\\b403\\b",
};

interface Call {
  readonly plane: PlaneName;
  readonly what: string;
  readonly run: readonly string[];
}

/** The accounts of the attacker that have an identity in the cloud. */
function withIdentity(target: Target, cloud: Cloud): Foothold[] {
  const { view, from } = target;
  const all = footholds(target);
  if (cloud === "google") return all.filter(isMember(view));
  const associations = view
    .ofType("aws:eks/podIdentityAssociation:PodIdentityAssociation")
    .filter(({ inputs }) => view.ownerOf(text(inputs.namespace) ?? "") === from)
    .map(({ inputs }) => `${text(inputs.namespace)}/${text(inputs.serviceAccount)}`);
  return all.filter(({ namespace, serviceAccount }) =>
    associations.includes(`${namespace}/${serviceAccount}`),
  );
}

/** Whether a binding names the service account, directly or by an account that it acts as. */
function isMember(view: CellView): (account: Foothold) => boolean {
  const named = [
    ...googleBindings(view).flatMap(({ members }) => members),
    ...accountBindings(view).flatMap(({ inputs }) => text(inputs.member) ?? []),
  ];
  return ({ namespace, serviceAccount }) =>
    named.some(
      (member) =>
        member.endsWith(`/subject/ns/${namespace}/sa/${serviceAccount}`) ||
        member.endsWith(`[${namespace}/${serviceAccount}]`),
    );
}

function inPods(target: Target, cloud: Cloud, calls: readonly Call[]): Attack[] {
  return withIdentity(target, cloud).flatMap((from) =>
    calls.map(({ plane, what, run }) => ({
      id: `${plane}-${what.replaceAll(/[^\w]+/g, "-")}`,
      plane,
      what,
      as: `pods of ${from.namespace}, service account ${from.serviceAccount}`,
      run: inPod({ ...from, image: images[cloud], command: run }),
      refused: refusals[cloud],
      reads: "the cloud denies the call; pods must be able to reach its API",
    })),
  );
}

export function onAws(target: Target): Attack[] {
  const named = (type: string, field: string) =>
    attacked(target, type).flatMap(
      ({ inputs, outputs }) => text(outputs[field] ?? inputs[field]) ?? [],
    );
  return inPods(target, "aws", [
    ...named("aws:s3/bucket:Bucket", "bucket").map(
      (bucket): Call => ({
        plane: "aws-iam",
        what: `list bucket ${bucket}`,
        run: ["aws", "s3api", "list-objects-v2", "--bucket", bucket, "--max-items", "1"],
      }),
    ),
    ...named("aws:secretsmanager/secret:Secret", "arn").map(
      (arn): Call => ({
        plane: "aws-iam",
        what: `read secret ${arn.split(":").at(-1)}`,
        run: ["aws", "secretsmanager", "get-secret-value", "--secret-id", arn],
      }),
    ),
    ...named("aws:iam/role:Role", "arn").map(
      (arn): Call => ({
        plane: "aws-iam",
        what: `assume role ${arn.split("/").at(-1)}`,
        run: [
          ...["aws", "sts", "assume-role", "--role-arn", arn],
          ...["--role-session-name", "atoll-attack"],
        ],
      }),
    ),
    ...named("aws:sqs/queue:Queue", "url").map(
      (url): Call => ({
        plane: "aws-iam",
        what: `see queue ${url.split("/").at(-1)}`,
        run: ["aws", "sqs", "get-queue-attributes", "--queue-url", url],
      }),
    ),
    ...named("aws:kms/key:Key", "arn").map(
      (arn): Call => ({
        plane: "keys",
        what: `use key ${arn.split("/").at(-1)}`,
        run: ["aws", "kms", "generate-data-key", "--key-id", arn, "--key-spec", "AES_256"],
      }),
    ),
  ]);
}

export function onGoogle(target: Target): Attack[] {
  const project = (inputs: unknown) => {
    const found = text(at(inputs, "project"));
    return found === undefined ? [] : ["--project", found];
  };
  return inPods(target, "google", [
    ...attacked(target, "gcp:storage/bucket:Bucket").map(
      ({ inputs }): Call => ({
        plane: "google-iam",
        what: `list bucket ${text(inputs.name)}`,
        run: ["gcloud", "storage", "ls", `gs://${text(inputs.name)}`],
      }),
    ),
    ...attacked(target, "gcp:secretmanager/secret:Secret").map(
      ({ inputs }): Call => ({
        plane: "google-iam",
        what: `read secret ${text(inputs.secretId)}`,
        run: [
          ...["gcloud", "secrets", "versions", "access", "latest"],
          ...["--secret", text(inputs.secretId) ?? "", ...project(inputs)],
        ],
      }),
    ),
    ...attacked(target, "gcp:serviceaccount/account:Account").map(
      ({ outputs }): Call => ({
        plane: "google-iam",
        what: `act as ${text(outputs.email)}`,
        run: [
          ...["gcloud", "auth", "print-access-token"],
          ...["--impersonate-service-account", text(outputs.email) ?? ""],
        ],
      }),
    ),
    ...attacked(target, "gcp:kms/cryptoKey:CryptoKey").map(
      ({ outputs }): Call => ({
        plane: "keys",
        what: `use key ${(text(outputs.id) ?? "").split("/").slice(-3).join("/")}`,
        run: [
          ...["gcloud", "kms", "encrypt", "--key", text(outputs.id) ?? ""],
          ...["--plaintext-file", "/etc/hostname", "--ciphertext-file", "-"],
        ],
      }),
    ),
  ]);
}
