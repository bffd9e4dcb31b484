import type { ChannelCard } from "../../../protocol.ts";
import type { PhoneController } from "./controller.ts";

/** What an owner does with a channel; the channel's page on the phone and the panel "outside" share these. */

async function askFor(
  phone: PhoneController,
  label: string,
  value: string,
  options: { required: boolean; multiline?: boolean },
) {
  const { words } = phone;
  const answer = await phone.ask(
    "",
    [
      { id: "no", kind: "cancel", text: "" },
      { id: "save", kind: "default", text: words.save },
    ],
    { title: label, fields: [{ id: "value", label, value, ...options }] },
  );
  return answer?.button === "save" ? (answer.values.value ?? "").trim() : undefined;
}

export async function renameChannel(phone: PhoneController, card: ChannelCard): Promise<void> {
  const title = await askFor(phone, phone.words.channelName, card.title, { required: true });
  if (title && title !== card.title) await phone.perform({ type: "editChannel", channelId: card.id, title });
}

export async function describeChannel(phone: PhoneController, card: ChannelCard): Promise<void> {
  const options = { required: false, multiline: true };
  const description = await askFor(phone, phone.words.description, card.description, options);
  if (description !== undefined)
    await phone.perform({ type: "editChannel", channelId: card.id, description });
}

export async function relinkChannel(phone: PhoneController, card: ChannelCard): Promise<void> {
  const link = await askFor(phone, phone.words.channelLink, card.username ?? "", { required: false });
  if (link === undefined) return;
  await phone.perform({
    type: "editChannel",
    channelId: card.id,
    username: link === "" ? null : link.replace(/^@/, ""),
  });
}

export async function transferChannel(
  phone: PhoneController,
  card: ChannelCard,
  toPerson: number,
): Promise<void> {
  const { words } = phone;
  const person = phone.world.people.find(({ id }) => id === toPerson);
  const values = { channel: card.title, name: person?.firstName ?? String(toPerson) };
  if (!(await phone.confirm(phone.say(words.transferAsk, values), words.transferDo, { destructive: true })))
    return;
  const done = await phone.perform({ type: "transferChannel", channelId: card.id, toPerson });
  if (done) phone.haptic({ type: "notification", kind: "success" });
}

export async function deleteChannel(phone: PhoneController, card: ChannelCard): Promise<void> {
  const { words } = phone;
  if (
    !(await phone.confirm(phone.say(words.deleteAsk, { channel: card.title }), words.delete, {
      destructive: true,
    }))
  )
    return;
  if (await phone.perform({ type: "deleteChannel", channelId: card.id })) phone.go({ kind: "list" });
}

export async function editPost(phone: PhoneController, channelId: number, messageId: number, text: string) {
  const edited = await askFor(phone, phone.words.editPost, text, { required: true, multiline: true });
  if (edited && edited !== text)
    await phone.perform({ type: "editPost", channelId, messageId, text: edited });
}

export async function writePost(phone: PhoneController, card: ChannelCard): Promise<void> {
  const text = await askFor(phone, phone.words.broadcast, "", { required: true, multiline: true });
  if (text) await phone.perform({ type: "post", channelId: card.id, text });
}
