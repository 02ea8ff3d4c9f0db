import { PolicyPack } from "@pulumi/policy";
import { controls } from "./catalogue.ts";
import { enforce } from "./enforce.ts";
import { settingsByUrn } from "./settings.ts";

new PolicyPack("atoll", {
  displayName: "Atoll",
  description:
    "The controls of the Atoll blueprint, with the requirements of the frameworks they serve",
  enforcementLevel: "mandatory",
  policies: enforce(controls, settingsByUrn()),
});
