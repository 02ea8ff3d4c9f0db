/** A manifest's additional tags: AWS tags, Google Cloud labels and Kubernetes labels. */
import { z } from "zod";
import { ownershipKeys } from "../../components/core/tags.ts";

/**
 * AWS allows 50 tags per resource. Ownership uses 7; 8 are reserved for components, and for Karpenter and EKS on nodes.
 */
export const mostTags = 35;

/**
 * A label key on Google Cloud, the strictest of the three: AWS allows 128 characters, Kubernetes 63 after `atoll.dev/`.
 * https://docs.cloud.google.com/compute/docs/labeling-resources#requirements
 */
const key = z
  .string()
  .regex(/^[a-z]([a-z0-9_-]{0,61}[a-z0-9])?$/, {
    error:
      "must be 1 to 63 lower case letters, digits, hyphens and underscores, starting with a letter, which are valid on every cloud",
    abort: true,
  })
  .refine((name) => !ownershipKeys.includes(name), {
    error: "is a tag that every resource has: set its own field instead",
  })
  .refine((name) => !/^(aws|goog)/.test(name), {
    error: 'must not start with "aws" or "goog", which are reserved by the clouds',
  });

/** A label's value on Google Cloud and on Kubernetes. */
const value = z.string().regex(/^([a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?)?$/, {
  error:
    "must be at most 63 lower case letters, digits, hyphens and underscores, starting and ending with a letter or digit, which are valid on every cloud",
});

export const tagsSchema = z
  .record(key, value)
  .refine((tags) => Object.keys(tags).length <= mostTags, {
    error: `must be at most ${mostTags} tags: AWS allows 50 per resource, and some are reserved`,
  });
