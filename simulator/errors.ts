import { packageOf, serviceOf } from "./urn.ts";

/** An error in the words of the simulated cloud: its error code and one sentence. */
export class CloudError extends Error {
  override readonly name = "CloudError";
  readonly code: string;

  constructor(code: string, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

const httpStatus: Readonly<Record<string, number>> = {
  alreadyExists: 409,
  backendError: 500,
  conflict: 409,
  deadlineExceeded: 504,
  failedPrecondition: 400,
  invalid: 400,
  notFound: 404,
  quotaExceeded: 403,
  rateLimitExceeded: 429,
  resourceInUseByAnotherResource: 400,
  ZONE_RESOURCE_POOL_EXHAUSTED: 503,
};

/** The other clouds' codes for common failures, by AWS's code. */
const words: Readonly<Record<string, { readonly gcp: string; readonly kubernetes: string }>> = {
  InsufficientInstanceCapacity: {
    gcp: "ZONE_RESOURCE_POOL_EXHAUSTED",
    kubernetes: "Unschedulable",
  },
  InternalFailure: { gcp: "backendError", kubernetes: "InternalError" },
  RequestTimeout: { gcp: "deadlineExceeded", kubernetes: "Timeout" },
  ResourceNotFoundException: { gcp: "notFound", kubernetes: "NotFound" },
  ThrottlingException: { gcp: "rateLimitExceeded", kubernetes: "TooManyRequests" },
};

/** The message that a provider shows for an error, in the format of the package's client library. */
export function refusalText(type: string, action: string, { code, message }: CloudError): string {
  switch (packageOf(type)) {
    case "aws":
      return `${action} ${awsName(type)}: api error ${code}: ${message}`;
    case "gcp": {
      const word = words[code]?.gcp ?? code;
      return `googleapi: Error ${httpStatus[word] ?? 400}: ${message}, ${word}`;
    }
    default:
      return `${action}: ${words[code]?.kubernetes ?? code}: ${message}`;
  }
}

/** `EC2 Subnet` for `aws:ec2/subnet:Subnet`. */
function awsName(type: string): string {
  return `${serviceOf(type).toUpperCase()} ${type.split(":")[2] ?? ""}`;
}
