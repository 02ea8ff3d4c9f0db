/** Tags that a manifest gives beside those that every resource has: AWS tags, Google labels and Kubernetes labels alike. */
import { z } from "zod";
import { ownershipKeys } from "../../components/core/tags.ts";

/**
 * AWS takes 50 tags on a resource. Ownership takes 7; 8 are left to components, and to Karpenter and EKS, which put their own on nodes.
 */
export const mostTags = 35;

/**
 * A label's key on Google Cloud, the strictest of the three: AWS takes 128 characters, Kubernetes 63 below `atoll.dev/`.
 * https://docs.cloud.google.com/compute/docs/labeling-resources#requirements
 */
const key = z
  .string()
  .regex(/^[a-z]([a-z0-9_-]{0,61}[a-z0-9])?$/, {
    error:
      "must be 1 to 63 lower case letters, digits, hyphens and underscores, starting with a letter, so that every cloud takes it",
    abort: true,
  })
  .refine((name) => !ownershipKeys.includes(name), {
    error: "is one of the tags that every resource has: it has a field of its own",
  })
  .refine((name) => !/^(aws|goog)/.test(name), {
    error: 'must not start with "aws" or "goog", which the clouds keep to themselves',
  });

/** A label's value on Google Cloud and on Kubernetes. */
const value = z.string().regex(/^([a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?)?$/, {
  error:
    "must be at most 63 lower case letters, digits, hyphens and underscores, starting and ending with a letter or digit, so that every cloud takes it",
});

export const tagsSchema = z
  .record(key, value)
  .refine((tags) => Object.keys(tags).length <= mostTags, {
    error: `must be at most ${mostTags} tags: AWS takes 50 on a resource, and some have tags of their own`,
  });
