/** What people do in Telegram outside the product: to their channels, and to their own account. */
import type { ActResult, OutsideAction } from "../protocol.ts";
import * as channels from "../world/channels.ts";
import { deletePost, editPost, post } from "../world/messages.ts";
import type { Person } from "../world/model.ts";
import type { Host } from "./context.ts";

/** What somebody usually ticks when they add a bot to a channel. */
const USUAL_BOT_RIGHTS = {
  can_manage_chat: true,
  can_post_messages: true,
  can_edit_messages: true,
  can_delete_messages: true,
  can_invite_users: true,
};

const DONE: ActResult = { type: "done" };

/** @throws ClientRefusal when Telegram would refuse. */
export function actOutside(host: Host, person: Person, action: OutsideAction): ActResult {
  const { world } = host;
  switch (action.type) {
    case "createChannel": {
      const { type: _type, ...spec } = action;
      return { type: "channel", channelId: channels.createChannel(world, person.id, spec).id };
    }
    case "post": {
      const message = post(world, person.id, action.channelId, action);
      return { type: "post", channelId: action.channelId, messageId: message.id };
    }
    case "setTransferGuards": {
      const { type: _type, ...guards } = action;
      world.store.put("person", person.id, { ...person, ...guards });
      return DONE;
    }
    default:
      world.store.transact(() => change(host, person, action));
      return DONE;
  }
}

type Change = Exclude<OutsideAction, { type: "createChannel" | "post" | "setTransferGuards" }>;

function change({ world, session }: Host, { id }: Person, action: Change): void {
  switch (action.type) {
    case "transferChannel":
      channels.transferChannel(world, id, action.channelId, action.toPerson);
      return;
    case "setAdmin":
      channels.setAdmin(world, id, action.channelId, action.userId, action.rights);
      return;
    case "addBot":
      channels.setAdmin(world, id, action.channelId, world.bot.id, USUAL_BOT_RIGHTS);
      return;
    case "kickBot":
      channels.kick(world, id, action.channelId, world.bot.id);
      return;
    case "kickMember":
      channels.kick(world, id, action.channelId, action.userId);
      return;
    case "joinChannel":
      channels.joinChannel(world, id, action.channelId, session.invited.has(`${id}/${action.channelId}`));
      return;
    case "leaveChannel":
      channels.leaveChannel(world, id, action.channelId);
      return;
    case "editPost":
      editPost(world, id, action);
      return;
    case "deletePost":
      deletePost(world, id, action.channelId, action.messageId);
      return;
    case "editChannel":
      channels.editChannel(world, id, action.channelId, action);
      return;
    case "deleteChannel":
      channels.deleteChannel(world, id, action.channelId);
      return;
  }
}
