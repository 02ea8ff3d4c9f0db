/** Port of MSK brokers for IAM authentication, the only listener. */
export const iamPort = 9098;
