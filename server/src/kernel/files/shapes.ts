import { z } from "zod";
import { uuid } from "../../platform/shapes.ts";

/** A picture as others see it. Both addresses are below the product's own origin and never change what they show. */
export const photo = z.object({
  id: uuid,
  url: z.string(),
  previewUrl: z.string(),
  width: z.number().int(),
  height: z.number().int(),
});
export type Photo = z.infer<typeof photo>;

/** What may be sent. */
export const photoTypes = ["image/jpeg", "image/png", "image/webp", "image/avif"] as const;
export const photoBytesMax = 10 * 1024 * 1024;
