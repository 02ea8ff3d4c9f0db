/** Subjects of tokens, as issuers write them. Pure. */

/** The subject of a Kubernetes service account. */
export function serviceAccountSubject(who: {
  readonly namespace: string;
  readonly serviceAccount: string;
}): string {
  return `system:serviceaccount:${who.namespace}:${who.serviceAccount}`;
}

/** Maximum length of a subject on Google Cloud: `google.subject` of an attribute mapping. */
export const longestSubject = 127;

/** Maximum length of a provider's condition. Source: `attributeCondition` of Google's IAM API. */
const longestCondition = 4096;

/** A condition for these subjects, in Common Expression Language. */
export function attributeCondition(subjects: readonly string[]): string {
  return `assertion.sub in [${[...subjects]
    .sort()
    .map((subject) => JSON.stringify(subject))
    .join(", ")}]`;
}

/** Subjects that exceed Google's limits, by index; without an index for the condition as a whole. */
export function subjectProblems(
  subjects: readonly string[],
): { readonly index?: number; readonly message: string }[] {
  const long = subjects.flatMap((subject, index) =>
    subject.length <= longestSubject
      ? []
      : [
          {
            index,
            message: `results in a subject of more than ${longestSubject} characters for Google`,
          },
        ],
  );
  return attributeCondition(subjects).length <= longestCondition
    ? long
    : [
        ...long,
        { message: `result in a condition of more than ${longestCondition} characters for Google` },
      ];
}

/** The event that a job runs for. */
export interface JobOn {
  readonly event: "branch" | "tag" | "environment" | "pull-request";
  /** Name of the branch, tag or environment. */
  readonly name?: string | undefined;
}

export interface GithubJob {
  readonly platform: "github";
  /** `owner/repository` */
  readonly repository: string;
  /** Numbers of owner and repository, for repositories with immutable subjects. */
  readonly ids?: { readonly owner: string; readonly repository: string } | undefined;
  readonly on: JobOn;
}

export interface GitlabJob {
  readonly platform: "gitlab";
  readonly host: string;
  /** `group/project`, with all parent groups. */
  readonly project: string;
  readonly on: JobOn;
}

export type Job = GithubJob | GitlabJob;

/** The issuer of a platform's tokens. */
export function issuerOf(job: Job): string {
  return job.platform === "github"
    ? "https://token.actions.githubusercontent.com"
    : `https://${job.host}`;
}

/**
 * The `sub` of a job's token. Sources: "OpenID Connect reference" of GitHub, with immutable subject claims, and "OpenID Connect
 * (OIDC) Authentication Using ID Tokens" of GitLab.
 */
export function jobSubject(job: Job): string {
  const { event, name = "" } = job.on;
  if (job.platform === "gitlab") {
    return `project_path:${job.project}:ref_type:${event}:ref:${name}`;
  }
  const [owner = "", repository = ""] = job.repository.split("/");
  const path = job.ids
    ? `${owner}@${job.ids.owner}/${repository}@${job.ids.repository}`
    : job.repository;
  const context = {
    branch: `ref:refs/heads/${name}`,
    tag: `ref:refs/tags/${name}`,
    environment: `environment:${name}`,
    "pull-request": "pull_request",
  };
  return `repo:${path}:${context[event]}`;
}

/** The purpose in the id of a workload identity pool: `ci-gitlab-com`. */
export function purposeOf(issuer: string): string {
  const { hostname } = new URL(issuer);
  const known = hostname === "token.actions.githubusercontent.com" ? "github" : hostname;
  return `ci-${known.replaceAll(".", "-")}`;
}
