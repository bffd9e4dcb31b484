import type { Ctx } from "../../platform/context.ts";

const commands = ["start", "balance", "language", "help", "paysupport", "terms"] as const;

/** Sets the bot's commands in both languages and the button that opens the Mini App. Setting them again changes nothing. */
export async function introduceBot(ctx: Ctx): Promise<void> {
  const listed = (language: "ru" | "en") =>
    commands.map((command) => ({
      command,
      description: ctx.words.say(language, `identity:bot.commands.${command}`),
    }));
  await ctx.gateways.telegram.updates.introduce({
    commands: { ru: listed("ru"), en: listed("en") },
    menu: { text: ctx.words.say("en", "identity:bot.menu"), path: "/" },
  });
}
