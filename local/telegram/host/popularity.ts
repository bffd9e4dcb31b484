/** How often a post has been seen: nobody counts in a pretended world, so it is worked out from age and audience, and never falls. */
import type { Channel, StoredMessage } from "../world/model.ts";
import type { World } from "../world/world.ts";

/** Share of a channel's subscribers who ever see a post, between these two by chance of the post. */
const LEAST_REACH = 0.18;
const REACH_SPREAD = 0.24;
/** Two thirds of them have seen it after this. */
const TYPICAL_AGE_SECONDS = 10 * 3600;

export function viewsOf(world: World, channel: Channel, message: StoredMessage): number {
  const age = Math.max(0, world.clock.now() - message.date);
  const chance = ((message.id * 7_919 + Math.abs(channel.id % 10_007)) % 997) / 997;
  const reach = channel.crowd * (LEAST_REACH + REACH_SPREAD * chance);
  return 1 + Math.floor(reach * (1 - Math.exp(-age / TYPICAL_AGE_SECONDS)));
}
