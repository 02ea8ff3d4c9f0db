/** Which jobs of continuous integration are let in. Defaults live only here. */
import { z } from "zod";

const number = z.string().regex(/^\d{1,20}$/, { error: "must be a number, in quotes" });

/** Of a branch or tag: in full, as a pattern would let in whoever may name a branch. */
const ref = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._/-]{0,98}[A-Za-z0-9])?$/, {
  error: "must name one, in full: patterns let in whoever may push a branch",
});

const environment = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/, {
  error: "must name one environment, in letters, digits, dots, underscores and hyphens",
});

const branch = z.strictObject({ event: z.literal("branch"), name: ref });
const tag = z.strictObject({ event: z.literal("tag"), name: ref });

const github = z.strictObject({
  platform: z.literal("github"),
  repository: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/, {
    error: 'must be one repository such as "acme/footprint"',
  }),
  /**
   * The numbers of owner and repository, which all repositories made since mid-2026 have in their subjects.
   * @default a subject by names alone
   */
  ids: z.strictObject({ owner: number, repository: number }).optional(),
  /** What the job runs for. An environment can ask people for a review first. */
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
  /** What the job runs for. Protect it: GitLab's subjects tell no environments and merge requests apart. */
  on: z.discriminatedUnion("event", [branch, tag]),
});

export const job = z.discriminatedUnion("platform", [github, gitlab]);
