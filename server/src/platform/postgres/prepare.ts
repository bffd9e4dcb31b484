/** Makes a database ready for the product: our own migrations, and the job queue's tables. Runs as the owner. */

import { Client, escapeIdentifier } from "pg";
import { PgBoss } from "pg-boss";
import { jobSchema } from "../jobs.ts";
import { migrate } from "./migrate.ts";

/** Applies what is missing; answers the names of our migrations that were applied now. Safe to run at every start. */
export async function prepareDatabase(options: { ownerUrl: string; appRole: string }): Promise<string[]> {
  const applied = await migrate(options);
  await installJobQueue(options.ownerUrl, options.appRole);
  return applied;
}

/** Tables of pg-boss by its own installer, rights for the application, and `platform.now()` as the queue's clock. */
async function installJobQueue(ownerUrl: string, appRole: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: jobSchema,
    supervise: false,
    schedule: false,
    max: 2,
  });
  await boss.start();
  await boss.stop({ graceful: false });
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const role = escapeIdentifier(appRole);
    await client.query(`
      create or replace function ${jobSchema}.job_now() returns timestamp with time zone as
        'select platform.now()' language sql stable;
      grant usage on schema ${jobSchema} to ${role};
      grant select, insert, update, delete on all tables in schema ${jobSchema} to ${role};
      grant usage on all sequences in schema ${jobSchema} to ${role};
      grant execute on all functions in schema ${jobSchema} to ${role};`);
  } finally {
    await client.end();
  }
}
