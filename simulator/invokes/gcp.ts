/** Google Cloud data sources that do not depend on resources. */
import { gcpRegions } from "../../components/core/regions.ts";
import { DEFAULT_GKE_VERSION } from "../outputs/gke.ts";
import { type GcpPlace, numberOf } from "../place.ts";
import type { Answer } from "./answer.ts";

export const gcpAnswers: Readonly<Record<string, Answer<GcpPlace>>> = {
  "gcp:organizations/getProject:getProject": (args, place) => {
    const project = String(args.projectId ?? place.project);
    return {
      id: `projects/${project}`,
      projectId: project,
      name: project,
      number: numberOf(project),
      orgId: "123456789012",
      folderId: "",
      billingAccount: "000000-000000-000000",
      labels: {},
      effectiveLabels: {},
      pulumiLabels: {},
      tags: {},
      autoCreateNetwork: false,
      deletionPolicy: "PREVENT",
    };
  },
  "gcp:organizations/getClientConfig:getClientConfig": (_, { project, region, zone }) => ({
    id: `projects/${project}/regions/${region ?? ""}/zones/${zone ?? ""}`,
    project,
    region: region ?? "",
    zone: zone ?? "",
    accessToken: `ya29.${Buffer.from(`rehearsal of ${project}`).toString("base64url")}`,
    defaultLabels: {},
  }),
  "gcp:organizations/getClientOpenIdUserInfo:getClientOpenIdUserInfo": (_, { project }) => {
    const email = `rehearsal@${project}.iam.gserviceaccount.com`;
    return { id: email, email };
  },
  "gcp:container/getEngineVersions:getEngineVersions": (
    { location, versionPrefix },
    { project },
  ) => {
    const versions = [DEFAULT_GKE_VERSION, "1.34.4-gke.1047000", "1.33.8-gke.1026000"].filter(
      (version) => version.startsWith(String(versionPrefix ?? "")),
    );
    const channels = {
      RAPID: DEFAULT_GKE_VERSION,
      REGULAR: DEFAULT_GKE_VERSION,
      STABLE: "1.34.4-gke.1047000",
    };
    const newest = versions[0] ?? "";
    return {
      id: project,
      project,
      location,
      versionPrefix,
      defaultClusterVersion: newest,
      latestMasterVersion: newest,
      latestNodeVersion: newest,
      validMasterVersions: versions,
      validNodeVersions: versions,
      releaseChannelDefaultVersion: channels,
      releaseChannelLatestVersion: channels,
      releaseChannelUpgradeTargetVersion: channels,
    };
  },
  "gcp:compute/getZones:getZones": (args, place) => {
    const region = String(args.region ?? place.region);
    const names = [...(gcpRegions[region] ?? "")].map((letter) => `${region}-${letter}`);
    return {
      id: `projects/${place.project}/regions/${region}`,
      project: place.project,
      region,
      names,
    };
  },
  "gcp:compute/getRegions:getRegions": (_, { project }) => ({
    id: `projects/${project}`,
    project,
    names: Object.keys(gcpRegions),
  }),
  "gcp:compute/getDefaultServiceAccount:getDefaultServiceAccount": (_, place) =>
    account(`${place.projectNumber}-compute@developer.gserviceaccount.com`, place),
  "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": (_, place) => {
    const { email, ...rest } = account(
      `service-${place.projectNumber}@gs-project-accounts.iam.gserviceaccount.com`,
      place,
    );
    return { ...rest, emailAddress: email };
  },
  "gcp:storage/getTransferProjectServiceAccount:getTransferProjectServiceAccount": (_, place) => {
    const { uniqueId, ...rest } = account(
      `project-${place.projectNumber}@storage-transfer-service.iam.gserviceaccount.com`,
      place,
    );
    return { ...rest, subjectId: uniqueId };
  },
};

function account(email: string, { project }: GcpPlace) {
  return {
    id: `projects/${project}/serviceAccounts/${email}`,
    name: `projects/${project}/serviceAccounts/${email}`,
    email,
    member: `serviceAccount:${email}`,
    project,
    displayName: "",
    uniqueId: numberOf(email),
  };
}
