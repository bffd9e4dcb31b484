/** What a witness says, for tests of what follows. */
import { type Reading, sights } from "./readings/rules.ts";

export const says = (
  witness: Reading["witness"],
  verdict: Reading["verdict"],
  over: Partial<Reading> = {},
): Reading => ({
  witness,
  verdict,
  isControlled: true,
  same: verdict === "alive" ? [...sights[witness]] : [],
  differs: verdict === "edited" ? ["words"] : [],
  ...over,
});
