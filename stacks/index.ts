import * as pulumi from "@pulumi/pulumi";
const m = new pulumi.Config("atoll").requireObject<{kind:string}>("manifest");
class C extends pulumi.ComponentResource { constructor(n: string){ super("atoll:index:C", n, {m}); this.registerOutputs({a:1}); } }
new C(pulumi.getStack());
export const kind = m.kind;
