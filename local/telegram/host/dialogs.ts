/** The chat that a person's client names by a number. */
import type { Dialog } from "../world/model.ts";
import { ClientRefusal } from "../world/refusal.ts";
import { channelDialog, privateDialog, type World } from "../world/world.ts";

/** Channels are negative, accounts positive. @throws ClientRefusal for one that does not exist. */
export function dialogOf(world: World, personId: number, chatId: number): Dialog {
  if (chatId < 0) {
    if (!world.channel(chatId)) throw new ClientRefusal("CHANNEL_INVALID", "There is no such channel.");
    return channelDialog(chatId);
  }
  const isAccount = chatId === world.bot.id || world.person(chatId) !== undefined;
  if (!isAccount || chatId === personId) throw new ClientRefusal("PEER_ID_INVALID", "There is no such chat.");
  return privateDialog(personId, chatId);
}
