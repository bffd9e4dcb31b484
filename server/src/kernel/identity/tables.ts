import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea } from "../../platform/db.ts";
import type { StoredSettings } from "./rules.ts";

const identity = pgSchema("identity");
const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: "date" });

export const users = identity.table("users", {
  id: uuid("id").primaryKey(),
  telegramId: bigint("telegram_id", { mode: "bigint" }).notNull(),
  firstName: text("first_name").notNull(),
  lastName: text("last_name"),
  username: text("username"),
  photoUrl: text("photo_url"),
  photoFileId: text("photo_file_id"),
  language: text("language", { enum: ["ru", "en"] }).notNull(),
  isLanguageChosen: boolean("is_language_chosen").notNull().default(false),
  roles: text("roles").array().notNull().default(sql`'{}'`),
  notificationSettings: jsonb("notification_settings").$type<StoredSettings>().notNull().default({}),
  profileAt: at("profile_at").notNull(),
  createdAt: at("created_at").notNull(),
});

export const staffRoles = identity.table(
  "staff_roles",
  { userId: uuid("user_id").notNull(), role: text("role").notNull(), grantedAt: at("granted_at").notNull() },
  (table) => [primaryKey({ columns: [table.userId, table.role] })],
);

export const sessions = identity.table("sessions", {
  id: uuid("id").primaryKey(),
  userId: uuid("user_id").notNull(),
  userAgent: text("user_agent"),
  kind: text("kind", { enum: ["telegram", "browser"] })
    .notNull()
    .default("telegram"),
  generation: integer("generation").notNull().default(1),
  usedGeneration: integer("used_generation").notNull().default(0),
  createdAt: at("created_at").notNull(),
  rotatedAt: at("rotated_at").notNull(),
  lastSeenAt: at("last_seen_at").notNull(),
  expiresAt: at("expires_at").notNull(),
  revokedAt: at("revoked_at"),
  revokedBecause: text("revoked_because", { enum: ["logout", "revoked", "token_reused"] }),
});

export const refreshTokens = identity.table("refresh_tokens", {
  tokenHash: bytea("token_hash").primaryKey(),
  sessionId: uuid("session_id").notNull(),
  generation: integer("generation").notNull(),
  createdAt: at("created_at").notNull(),
});

export const signInCodes = identity.table("sign_in_codes", {
  userId: uuid("user_id").primaryKey(),
  mark: bytea("mark").notNull(),
  createdAt: at("created_at").notNull(),
  expiresAt: at("expires_at").notNull(),
});

export const wallets = identity.table("wallets", {
  id: uuid("id").primaryKey(),
  userId: uuid("user_id").notNull(),
  address: text("address").notNull(),
  network: text("network").notNull(),
  version: text("version").notNull(),
  publicKey: bytea("public_key").notNull(),
  isPrimary: boolean("is_primary").notNull(),
  linkedAt: at("linked_at").notNull(),
});

export const walletUses = identity.table(
  "wallet_uses",
  { by: text("by").notNull(), walletId: uuid("wallet_id").notNull(), since: at("since").notNull() },
  (table) => [primaryKey({ columns: [table.by, table.walletId] })],
);

export const proofPayloads = identity.table("proof_payloads", {
  payload: text("payload").primaryKey(),
  userId: uuid("user_id").notNull(),
  sessionId: uuid("session_id"),
  expiresAt: at("expires_at").notNull(),
  usedAt: at("used_at"),
});

// `identity.updates`, the inbox of Telegram's updates, is worked in plain SQL: see `updates/`.
