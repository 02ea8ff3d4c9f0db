/** The Secrets that a fleet refers to. They are never rendered. */
export const backendSecret = { name: "atoll-backend", key: "url" } as const;

/** Only for stacks without a secrets provider. */
export const passphraseSecret = { name: "atoll-passphrase", key: "passphrase" } as const;

/** The same as variables of a job's container. */
export function secretVariables(withPassphrase: boolean): Record<string, unknown>[] {
  const from = (name: string, ref: { readonly name: string; readonly key: string }) => ({
    name,
    valueFrom: { secretKeyRef: ref },
  });
  return [
    from("PULUMI_BACKEND_URL", backendSecret),
    ...(withPassphrase ? [from("PULUMI_CONFIG_PASSPHRASE", passphraseSecret)] : []),
  ];
}
