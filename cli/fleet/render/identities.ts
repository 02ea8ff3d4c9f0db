/** The cloud identities of a fleet's service accounts. */
import { Failure } from "../../failure.ts";

/** References to cloud identities; without any, the platform binds the service accounts itself, as EKS Pod Identity does. */
export interface Identities {
  /** Changes what tenants have. */
  readonly workspace: readonly string[];
  /** Only reads. */
  readonly preview: readonly string[];
  /** Only reads and writes the backend. */
  readonly healer: readonly string[];
}

/** By what a reference looks like: the annotation with which a cloud binds a service account to it. */
const annotations = [
  { key: "eks.amazonaws.com/role-arn", form: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/ },
  {
    key: "iam.gke.io/gcp-service-account",
    form: /^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z0-9.:-]+\.iam\.gserviceaccount\.com$/,
  },
] as const;

export function annotationsOf(references: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    references.flatMap((reference) => {
      const found = annotations.find(({ form }) => form.test(reference));
      return found === undefined ? [] : [[found.key, reference]];
    }),
  );
}

/** @throws Failure `bad-usage` with every reference that is none, or that replaces another of the same cloud */
export function refuseIdentities(identities: Identities): void {
  const wrong = Object.values(identities).flatMap((references: readonly string[]) => {
    const kinds = references.map((each) => annotations.find(({ form }) => form.test(each))?.key);
    return references.filter(
      (_, index) => kinds[index] === undefined || kinds.indexOf(kinds[index]) !== index,
    );
  });
  if (wrong.length === 0) return;
  throw new Failure(
    "bad-usage",
    `${wrong.map((each) => `"${each}"`).join(", ")}: not an identity of a service account, or a second one of the same cloud`,
    "give at most one IAM role (arn:aws:iam::111122223333:role/name) and one Google service account (name@project.iam.gserviceaccount.com)",
  );
}
