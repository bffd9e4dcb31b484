import { z } from "zod";

/** What somebody read of a post. Formatting and media are Telegram's, and of more kinds than a creative has. */
export const seenContent = z.object({
  text: z.string(),
  entities: z.array(z.any()),
  media: z.array(z.any()),
  buttons: z.array(z.any()),
});
