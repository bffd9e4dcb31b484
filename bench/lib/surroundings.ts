/** What the product needs around it to be measured alone: a database of its own and a Telegram that only knows the bot's name. */
import { createTestDatabase, type TestDatabase } from "../../server/test/database.ts";

export type Surroundings = {
  readonly database: TestDatabase;
  /** For the product's process. */
  readonly environment: Record<string, string>;
  close(): Promise<void>;
};

export async function createSurroundings(): Promise<Surroundings> {
  const telegram = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: () =>
      Response.json({
        ok: true,
        result: { id: 7000000001, is_bot: true, first_name: "Souk", username: "souk_local_bot" },
      }),
  });
  const database = await createTestDatabase();
  const address = `0:${"11".repeat(32)}`;
  const environment = {
    // In the local world every answer is checked against its shape as well; in earnest it is not.
    SOUK_WORLD: "real",
    TELEGRAM_BOT_TOKEN: "7000000001:LOCAL-souk-bot-token-for-this-machine",
    TELEGRAM_API_ROOT: `http://localhost:${telegram.port}`,
    PUBLIC_URL: "http://localhost:9",
    SESSION_SECRET: "11".repeat(32),
    DATA_KEY: "22".repeat(32),
    DATABASE_URL: database.appUrl,
    PORT: "0",
    METRICS_PORT: "0",
    ROLES: "web",
    LOG_LEVEL: "info",
    RATE_LIMIT_FACTOR: "1000000",
    TON_NETWORK: "-3",
    TON_V2_URL: "http://localhost:9/api/v2/jsonRPC",
    TON_V3_URL: "http://localhost:9/api/v3",
    TON_HOT_SEED: "33".repeat(32),
    TON_COLD_ADDRESS: address,
    TON_FEE_ADDRESS: address.replaceAll("1", "2"),
  };
  const close = async (): Promise<void> => {
    await database.drop();
    await telegram.stop(true);
  };
  return { database, environment, close };
}
