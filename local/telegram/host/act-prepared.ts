/** What the bot has prepared for a person's Mini App, and inline mode: pickers, messages to share, results to send. */

import { PREPARED_SECONDS } from "../bot-api/methods/answers.ts";
import type { Action, ActResult } from "../protocol.ts";
import { addPost, writePrivate } from "../world/messages.ts";
import type { Person, Prepared, PreparedMessage, StoredMessage } from "../world/model.ts";
import { effectiveRights, personUser } from "../world/objects.ts";
import { ClientRefusal } from "../world/refusal.ts";
import { privateDialog } from "../world/world.ts";
import { requestChat } from "./chat-request.ts";
import type { Host } from "./context.ts";
import { messageView, nameOf } from "./views.ts";

export type PreparedAction = Extract<
  Action,
  {
    type: "openPreparedButton" | "openPreparedMessage" | "sharePrepared" | "inlineQuery" | "sendInlineResult";
  }
>;

export async function actPrepared(host: Host, person: Person, action: PreparedAction): Promise<ActResult> {
  switch (action.type) {
    case "openPreparedButton": {
      const { button } = needPrepared(host, person, action.preparedId);
      if (typeof button !== "object" || button === null || !("request_chat" in button)) {
        throw new ClientRefusal("BUTTON_INVALID", "The bot has prepared no such button.");
      }
      return requestChat(host, person, button.text, button.request_chat);
    }
    case "openPreparedMessage":
      return preview(host, person, needPrepared(host, person, action.preparedId));
    case "sharePrepared": {
      const message = needMessage(needPrepared(host, person, action.preparedId));
      const targets = new Set(targetsOf(host, person, message).map((target) => target.chatId));
      if (action.chatIds.some((id) => !targets.has(id))) {
        throw new ClientRefusal("PEER_ID_INVALID", "The message may not be sent to one of these chats.");
      }
      host.world.store.transact(() => {
        for (const chatId of action.chatIds) sendVia(host, person, chatId, message);
      });
      return { type: "done" };
    }
    case "inlineQuery":
      return inlineQuery(host, person, action);
    case "sendInlineResult": {
      const results = host.session.inlineResults.get(action.queryId);
      const chosen = results?.find((result) => result.id === action.resultId);
      if (!chosen) throw new ClientRefusal("RESULT_ID_INVALID", "This result is gone: ask again.");
      sendVia(host, person, action.chatId, chosen.message);
      return { type: "done" };
    }
  }
}

function needPrepared(host: Host, person: Person, id: string): Prepared {
  const prepared = host.world.store.get("prepared", id);
  if (prepared?.personId !== person.id) {
    throw new ClientRefusal("PREPARED_INVALID", "Nothing was prepared under this id for this person.");
  }
  if (host.world.clock.now() - prepared.madeAt > PREPARED_SECONDS) {
    throw new ClientRefusal("PREPARED_EXPIRED", "What was prepared has expired.");
  }
  return prepared;
}

function needMessage(prepared: Prepared): PreparedMessage {
  if (!prepared.message) throw new ClientRefusal("PREPARED_INVALID", "The bot has prepared no such message.");
  return prepared.message;
}

type Share = Extract<ActResult, { type: "share" }>;

function targetsOf(host: Host, person: Person, message: PreparedMessage): Share["targets"] {
  const { world } = host;
  const people = message.allow.users ? world.people().filter((other) => other.id !== person.id) : [];
  const channels = message.allow.channels
    ? world.channels().filter((c) => effectiveRights(world.membership(c.id, person.id)).can_post_messages)
    : [];
  return [
    ...people.map((other) => ({
      chatId: other.id,
      title: nameOf(host, other.id),
      avatarUrl: `/host/avatars/face_${other.id}.png`,
    })),
    ...channels.map((channel) => ({
      chatId: channel.id,
      title: channel.title,
      avatarUrl: `/host/avatars/${channel.emblem}.png`,
    })),
  ];
}

function preview(host: Host, person: Person, prepared: Prepared): ActResult {
  const message = needMessage(prepared);
  const shown: StoredMessage = {
    id: 0,
    dialog: privateDialog(person.id, host.world.bot.id),
    date: host.world.clock.now(),
    editDate: null,
    authorId: person.id,
    text: message.text,
    entities: message.entities,
    photo: message.photo,
    service: null,
    keyboard: message.keyboard,
    preview: null,
    viaBot: true,
    protected: false,
    replyTo: null,
  };
  return {
    type: "share",
    preparedId: prepared.id,
    preview: messageView(host, person.id, shown),
    targets: targetsOf(host, person, message),
  };
}

function sendVia(host: Host, person: Person, chatId: number, message: PreparedMessage): void {
  const { world } = host;
  const { text, entities, photo, keyboard } = message;
  const draft = { text, entities, photo, keyboard, viaBot: true };
  if (chatId > 0) {
    const isAccount = chatId === world.bot.id || world.person(chatId) !== undefined;
    if (!isAccount || chatId === person.id)
      throw new ClientRefusal("PEER_ID_INVALID", "There is no such chat.");
    writePrivate(world, person.id, chatId, draft);
    return;
  }
  if (!world.channel(chatId) || !effectiveRights(world.membership(chatId, person.id)).can_post_messages) {
    throw new ClientRefusal("CHAT_WRITE_FORBIDDEN", "This person may not post here.");
  }
  addPost(world, chatId, person.id, draft);
}

async function inlineQuery(
  host: Host,
  person: Person,
  action: Extract<Action, { type: "inlineQuery" }>,
): Promise<ActResult> {
  const queryId = host.world.token();
  const answered = host.queries.inline.ask(queryId);
  host.world.updates.push("inline_query", {
    id: queryId,
    from: personUser(person),
    query: action.query,
    offset: action.offset ?? "",
    chat_type: action.chatId < 0 ? "channel" : action.chatId === host.world.bot.id ? "sender" : "private",
  });
  const answer = await answered;
  host.session.inlineResults.set(queryId, answer?.results ?? []);
  return {
    type: "inlineResults",
    queryId,
    results: (answer?.results ?? []).map(({ id, title, description }) => ({ id, title, description })),
    nextOffset: answer?.nextOffset ?? "",
  };
}
