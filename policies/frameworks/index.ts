import type { FrameworkId } from "../../components/core/frameworks.ts";
import { ccpa } from "./ccpa.ts";
import { cisAws, cisEks, cisGcp, cisGke, cisKubernetes } from "./cis.ts";
import type { Framework } from "./framework.ts";
import { gdpr } from "./gdpr.ts";
import { hipaa } from "./hipaa.ts";
import { pciDss } from "./pci-dss.ts";
import { soc2 } from "./soc2.ts";
import { sox } from "./sox.ts";

export const frameworks: Readonly<Record<FrameworkId, Framework>> = {
  soc2,
  "pci-dss-4": pciDss,
  hipaa,
  gdpr,
  ccpa,
  sox,
  "cis-aws": cisAws,
  "cis-gcp": cisGcp,
  "cis-eks": cisEks,
  "cis-gke": cisGke,
  "cis-kubernetes": cisKubernetes,
};
