/** Which CI jobs are accepted. Defaults live only here. */
import { z } from "zod";

const number = z.string().regex(/^\d{1,20}$/, { error: "must be a number, in quotes" });

/** The full name of a branch or tag: a pattern would accept everyone who may create a branch. */
const ref = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._/-]{0,98}[A-Za-z0-9])?$/, {
  error: "must be one full name: patterns would accept everyone who may push a branch",
});

const environment = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/, {
  error: "must be one environment, of letters, digits, dots, underscores and hyphens",
});

const branch = z.strictObject({ event: z.literal("branch"), name: ref });
const tag = z.strictObject({ event: z.literal("tag"), name: ref });

const github = z.strictObject({
  platform: z.literal("github"),
  repository: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/, {
    error: 'must be one repository such as "acme/footprint"',
  }),
  /**
   * The numbers of owner and repository, in the subjects of all repositories created since mid-2026. @default a subject with
   * names only
   */
  ids: z.strictObject({ owner: number, repository: number }).optional(),
  /** The event that the job runs for. An environment can require a review. */
  on: z.discriminatedUnion("event", [
    branch,
    tag,
    z.strictObject({ event: z.literal("environment"), name: environment }),
    z.strictObject({ event: z.literal("pull-request") }),
  ]),
});

const gitlab = z.strictObject({
  platform: z.literal("gitlab"),
  /** @default "gitlab.com" */
  host: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, { error: 'must be a host such as "gitlab.com"' })
    .default("gitlab.com"),
  project: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/, {
    error: 'must be one project such as "acme/platform/footprint"',
  }),
  /**
   * The event that the job runs for. Protect the branch or tag: GitLab's subjects do not distinguish environments and merge
   * requests.
   */
  on: z.discriminatedUnion("event", [branch, tag]),
});

export const job = z.discriminatedUnion("platform", [github, gitlab]);
