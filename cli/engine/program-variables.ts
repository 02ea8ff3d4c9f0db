/**
 * The environment variables of programs and policy packs. The engine gives them their configuration, so they need no passphrase and no
 * token of a backend, and credentials only where they may ask a real cloud.
 */

/** Variables of the system, proxies and certificates, Node, Pulumi and Atoll; upper case. */
const always =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TERM|TMPDIR|TMP|TEMP|TZ|LANG|LC_.+|XDG_.+|CI|NO_COLOR|FORCE_COLOR|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|OS|USERNAME|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES.*|HOMEDRIVE|HOMEPATH|NUMBER_OF_PROCESSORS|PROCESSOR_ARCHITECTURE|(?:HTTP|HTTPS|ALL|NO)_PROXY|SSL_CERT_(?:FILE|DIR)|NODE_.+|PULUMI_.+|ATOLL_.+)$/;

const clouds = /^(?:AWS|GOOGLE|GCP|GCLOUD|CLOUDSDK|KUBE)_.+$|^KUBECONFIG$/;

const secrets = /^PULUMI_(?:ACCESS_TOKEN|CONFIG_PASSPHRASE(?:_FILE)?)$/;

/**
 * @param all of the command; `ATOLL_PASS_VARIABLES` names further ones, separated by commas
 * @param target with credentials of clouds for `cloud` only
 */
export function programVariables(
  all: NodeJS.ProcessEnv,
  target: "rehearsal" | "cloud",
): NodeJS.ProcessEnv {
  const named = (all.ATOLL_PASS_VARIABLES ?? "").split(",").map((name) => name.trim());
  const passes = (name: string): boolean => {
    const upper = name.toUpperCase();
    if (named.includes(name)) return true;
    return (
      (always.test(upper) && !secrets.test(upper)) || (target === "cloud" && clouds.test(upper))
    );
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => passes(name)));
}
