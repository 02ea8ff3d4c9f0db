/** Outputs about connectivity. They are a contract between stacks; see environment.ts. */
import { z } from "zod";
import { siteLinkOutputs } from "../../components/connectivity/outputs.ts";

/** Of a cell, in the format of its cloud. */
export const attachmentOutputs = z.object({
  /** On AWS: the tag of resources that other cells may reach. */
  securityGroupId: z.string().optional(),
  /** On-premises: for the site's firewall. */
  rules: z
    .array(
      z.object({
        direction: z.enum(["in", "out"]),
        cidr: z.string(),
        protocol: z.enum(["tcp", "udp"]),
        ports: z.array(z.string()),
        why: z.string(),
      }),
    )
    .optional(),
  /** On-premises: for the site's routers. */
  links: z.array(siteLinkOutputs).optional(),
});

export type AttachmentOutputs = z.output<typeof attachmentOutputs>;
