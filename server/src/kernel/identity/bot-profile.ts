import type { Ctx } from "../../platform/context.ts";

/** `<module>:<command>`; the words stand in that module's copy under `bot.commands.<command>`. */
const first = ["identity:start", "identity:balance"];
const last = [
  "identity:login",
  "identity:language",
  "identity:help",
  "identity:paysupport",
  "identity:terms",
];
const added: string[] = [];

/** A market's commands, in their order. It adds them once, when it is loaded, and answers them itself. */
export function addCommands(module: string, commands: readonly string[]): void {
  added.push(...commands.map((command) => `${module}:${command}`));
}

/** Sets the bot's commands in both languages and the button that opens the Mini App. Setting them again changes nothing. */
export async function introduceBot(ctx: Ctx): Promise<void> {
  const listed = (language: "ru" | "en") =>
    [...first, ...added, ...last].map((name) => {
      const [module, command = ""] = name.split(":");
      return { command, description: ctx.words.say(language, `${module}:bot.commands.${command}`) };
    });
  await ctx.gateways.telegram.updates.introduce({
    commands: { ru: listed("ru"), en: listed("en") },
    menu: { text: ctx.words.say("en", "identity:bot.menu"), path: "/" },
  });
}
