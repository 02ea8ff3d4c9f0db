export type CloudPackage = "aws" | "gcp" | "kubernetes";

/** A refusal in the words of the cloud that is played: its error code and one sentence. */
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
  conditionNotMet: 412,
  failedPrecondition: 400,
  invalid: 400,
  notFound: 404,
  quotaExceeded: 403,
  rateLimitExceeded: 403,
  resourceInUseByAnotherResource: 400,
  ZONE_RESOURCE_POOL_EXHAUSTED: 503,
};

/** The message a provider shows for a refusal, in the form of the package's own client library. */
export function refusalText(type: string, action: string, error: CloudError): string {
  switch (type.split(":")[0]) {
    case "aws":
      return `${action} ${awsName(type)}: api error ${error.code}: ${error.message}`;
    case "gcp":
      return `googleapi: Error ${httpStatus[error.code] ?? 400}: ${error.message}, ${error.code}`;
    default:
      return `${action}: ${error.code}: ${error.message}`;
  }
}

/** `EC2 Subnet` for `aws:ec2/subnet:Subnet`. */
function awsName(type: string): string {
  const [, module = "", noun = ""] = type.split(":");
  return `${(module.split("/")[0] ?? "").toUpperCase()} ${noun}`;
}
