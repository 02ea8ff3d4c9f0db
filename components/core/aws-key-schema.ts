import { z } from "zod";

/** The ARN of a KMS key of an account and region; an alias may come to mean another key. */
export const kmsKeyArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f-]{36})$/, {
    error:
      'must be the ARN of a KMS key, such as "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"',
  });

/** The region that a key's ARN names. */
export function regionOfKey(arn: string): string | undefined {
  return arn.split(":")[3];
}
