import { PolicyPack } from "@pulumi/policy";
new PolicyPack("atoll", { policies: [{ name: "no-fail", description: "d", enforcementLevel: "mandatory", validateResource: (args, report) => { if (args.type.includes("atoll:index:C")) report("nope " + args.name + JSON.stringify(args.props)); } }] });
