/** Brokers of MSK listen here for clients that sign in with IAM; there is no other listener. */
export const iamPort = 9098;
