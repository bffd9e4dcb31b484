/** Fills an empty world: people, the bot, channels with posts. */
import { type BotProfile, type Membership, type Person, RIGHT_NAMES, type Rights } from "./model.ts";
import { SEED_CHANNELS, type SeedChannel } from "./seed-channels.ts";
import { MARKET_CHANNELS } from "./seed-market.ts";
import { channelDialog, type World } from "./world.ts";

const NAMES: readonly (readonly [first: string, last: string, username: string | null, language: string])[] =
  [
    ["Алина", "Воронцова", "alina_v", "ru"],
    ["Boris", "Klein", "boris_klein", "en"],
    ["Клара", "Зимина", "clara_z", "ru"],
    ["Daniel", "Reed", "danreed", "en"],
    ["Елена", "Морозова", "elena_m", "ru"],
    ["Фёдор", "Лисин", "fedor_codes", "ru"],
    ["Галина", "Рябова", "galya_maps", "ru"],
    ["Hana", "Sato", "hana_light", "en"],
    ["Игорь", "Белов", "igor_runs", "ru"],
    ["Julia", "Novak", "julia_vinyl", "en"],
    ["Кирилл", "Ершов", null, "ru"],
    ["Лариса", "Тихонова", "larisa_t", "ru"],
    ["Mateo", "Rossi", "mateo_crit", "en"],
    ["Нина", "Орлова", "nina_o", "ru"],
    ["Олег", "Савин", "oleg_savin", "ru"],
  ];
const ROLES = ["seller", "buyer", "arbiter"] as const;
const FIRST_PERSON = 1001;
/** Telegram's channel ids begin with −100. */
const FIRST_CHANNEL = 2_100_000_001;

/** The operator's own private channel, into which the product forwards posts to read them (`TELEGRAM_LOG_CHAT`). */
export const LOG_CHANNEL = Number(`-100${FIRST_CHANNEL - 1}`);
/** Oleg, whose wallet is the platform's cold one. */
const OPERATOR = 1015;

/** What an owner may do: everything, and not hidden. */
export const ALL_RIGHTS: Rights = Object.fromEntries(
  RIGHT_NAMES.map((name) => [name, name !== "is_anonymous"]),
);

export const SEED_PROFILE: BotProfile = {
  name: "Souk",
  about: "",
  description: "",
  commands: {},
  menuButton: { type: "default" },
  texts: {},
};

/** Makes the beginning of the world, in one transaction. */
export function seedWorld(world: World): void {
  world.store.transact(() => {
    world.store.put("profile", "bot", SEED_PROFILE);
    NAMES.forEach(([firstName, lastName, username, language], index) => {
      const id = FIRST_PERSON + index;
      const person: Person = {
        id,
        firstName,
        lastName,
        username,
        language,
        role: ROLES[index] ?? null,
        theme: "light",
        phoneNumber: `+888000${id}`,
        twoStepPassword: true,
        sessionOldEnough: true,
      };
      world.store.put("person", id, person);
    });
    [...SEED_CHANNELS, ...MARKET_CHANNELS].forEach((channel, index) => {
      seedChannel(world, channel, index);
    });
    seedLog(world);
  });
}

/** A world that was made before it had such a channel gets it when it is opened. */
export function seedLog(world: World): void {
  const id = LOG_CHANNEL;
  if (world.store.get("channel", id)) return;
  const title = "Souk log";
  world.store.put("channel", id, {
    id,
    title,
    username: null,
    description: "Posts that the bot reads by forwarding them here. Nothing stays.",
    emblem: "gem_1",
    crowd: 0,
    ownerId: OPERATOR,
    linkedChatId: null,
    createdAt: world.clock.now(),
    nextMessageId: 1,
    knownToBot: true,
    deleted: false,
    inviteHash: "locallog",
  });
  const owner = { status: "creator", rights: ALL_RIGHTS, promotedBy: null } as const;
  const rights = { can_manage_chat: true, can_post_messages: true, can_delete_messages: true };
  const bot = { status: "administrator", rights, promotedBy: OPERATOR } as const;
  world.store.put("member", `${id}/${OPERATOR}`, { chatId: id, userId: OPERATOR, ...owner });
  world.store.put("member", `${id}/${world.bot.id}`, { chatId: id, userId: world.bot.id, ...bot });
}

/** More people, who have started the bot; for tests with many. Answers their ids. */
export function addCrowd(world: World, count: number): number[] {
  const first = Math.max(...world.people().map(({ id }) => id)) + 1;
  const ids = Array.from({ length: count }, (_, n) => first + n);
  world.store.transact(() => {
    for (const id of ids) {
      world.store.put("person", id, {
        id,
        firstName: `Person ${id}`,
        lastName: null,
        username: null,
        language: id % 2 === 0 ? "ru" : "en",
        role: null,
        theme: "light",
        phoneNumber: `+888${id}`,
        twoStepPassword: true,
        sessionOldEnough: true,
      });
      world.changeBotChat(id, { started: true, seen: true, mayWrite: true });
    }
  });
  return ids;
}

function seedChannel(world: World, seed: SeedChannel, index: number): void {
  const id = Number(`-100${FIRST_CHANNEL + index * 7_919}`);
  // A world that begins in the past has been written to up to the machine's today.
  const now = world.clock.now() - Math.min(0, world.clock.offsetSeconds);
  const day = 86_400;
  const createdAt = now - (200 + index * 37) * day;
  const inviteHash = `local${(index + 1) * 104_729}`;
  world.store.put("channel", id, {
    id,
    title: seed.title,
    username: seed.username,
    description: seed.description,
    emblem: `${seed.emblem}_${index % 8}`,
    crowd: seed.crowd,
    ownerId: seed.ownerId,
    linkedChatId: seed.linkedChatId,
    createdAt,
    nextMessageId: seed.posts.length + 2,
    knownToBot: false,
    deleted: false,
    inviteHash,
  });
  world.store.put("invite", inviteHash, {
    hash: inviteHash,
    chatId: id,
    name: null,
    creatorId: seed.ownerId,
    primary: true,
  });
  const members: Membership[] = [
    { chatId: id, userId: seed.ownerId, status: "creator", rights: ALL_RIGHTS, promotedBy: null },
  ];
  for (const userId of [FIRST_PERSON + ((index * 4) % NAMES.length), FIRST_PERSON + (index % 3)]) {
    if (seed.username !== null && userId !== seed.ownerId) {
      members.push({ chatId: id, userId, status: "member", rights: {}, promotedBy: null });
    }
  }
  for (const member of members) world.store.put("member", `${id}/${member.userId}`, member);
  const base = {
    dialog: channelDialog(id),
    authorId: seed.ownerId,
    editDate: null,
    photo: null,
    keyboard: null,
  } as const;
  const rest = { entities: [], preview: null, viaBot: false, protected: false, replyTo: null } as const;
  world.putMessage({
    ...base,
    ...rest,
    id: 1,
    date: createdAt,
    text: "",
    service: { type: "channel_created", title: seed.title },
  });
  seed.posts.forEach((text, n) => {
    const age = (seed.posts.length - n) * day - index * 1_800;
    world.putMessage({ ...base, ...rest, id: n + 2, date: now - age, text, service: null });
  });
  // Most of it has been read long ago; a few chats still have something new.
  const unread = index % 4 === 0 ? 1 : 0;
  for (const { userId } of members) {
    world.store.put("read", `${userId}/${channelDialog(id)}`, seed.posts.length + 1 - unread);
  }
}
