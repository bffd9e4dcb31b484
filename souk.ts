/** The command line of Souk. `npm start` is `souk start`; everything else an operator does by hand is here too. */
import { say, warn } from "./launcher/say.ts";

const usage = `souk <command>

  start                     the local world, or the product alone when TELEGRAM_BOT_TOKEN is set
  dev                       the same, and the product starts anew when its code changes
  build                     build the pages whose sources have changed
  migrate                   bring the database up to date
  jobs [list]               how many jobs wait, run and were given up
  jobs failed               the ones that were given up
  jobs retry <id>… | --all  put them back
  ledger verify             work the whole ledger out again and compare; ends with 1 if anything differs
  payments reconcile [name] every payment provider's list against our books, both ways
  chain init                deploy the operator contract and give it gas money
  chain status              its address and balance
  config example            write .env.example from the schema of the settings
  push keys                 make a pair of keys for web push
  openapi                   print the description of the HTTP API
`;

/** Commands load what they need: the launcher stays small while it waits. */
const commands: Record<string, (args: readonly string[]) => Promise<number>> = {
  start: async () => (await import("./launcher/start.ts")).start({ isDevelopment: false }),
  dev: async () => (await import("./launcher/start.ts")).start({ isDevelopment: true }),
  build: async () => (await import("./launcher/commands.ts")).buildCommand(),
  migrate: async () => (await import("./launcher/commands.ts")).migrateCommand(),
  jobs: async (args) => (await import("./launcher/commands.ts")).jobsCommand(args),
  ledger: async (args) => (await import("./launcher/ledger.ts")).ledgerCommand(args),
  payments: async (args) => (await import("./launcher/payments.ts")).paymentsCommand(args),
  config: async (args) => (await import("./launcher/commands.ts")).configCommand(args),
  chain: async (args) => (await import("./launcher/chain.ts")).chainCommand(args),
  push: async (args) => (await import("./launcher/commands.ts")).pushCommand(args),
  openapi: async () => (await import("./launcher/openapi.ts")).openApiCommand(),
};

async function main(): Promise<number> {
  const [name = "", ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) {
    if (name && name !== "help" && name !== "--help") warn(`There is no command ${name}.\n`);
    say(usage);
    return name && name !== "help" && name !== "--help" ? 2 : 0;
  }
  return command(args);
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    warn(error.message);
    process.exit(1);
  },
);
