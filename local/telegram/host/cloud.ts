/** `web_app_invoke_custom_method`: a Mini App's cloud storage per person, with Telegram's limits, and the shared contact. */
import { z } from "zod";
import type { ActResult } from "../protocol.ts";
import type { Person } from "../world/model.ts";
import type { Host } from "./context.ts";

const KEY = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
const MAX_KEYS = 1024;
const METHODS = {
  saveStorageValue: z.object({ key: KEY, value: z.string().max(4096) }),
  getStorageValues: z.object({ keys: z.array(KEY) }),
  deleteStorageValues: z.object({ keys: z.array(KEY) }),
  getStorageKeys: z.object({}),
  getRequestedContact: z.object({}),
} as const;

const result = (value: unknown): ActResult => ({ type: "custom", result: value, error: null });
const error = (code: string): ActResult => ({ type: "custom", result: null, error: code });

export function customMethod(host: Host, person: Person, method: string, params: unknown): ActResult {
  switch (method) {
    case "saveStorageValue": {
      const read = METHODS.saveStorageValue.safeParse(params);
      if (!read.success) return error("KEY_INVALID");
      return save(host, person, read.data.key, read.data.value);
    }
    case "getStorageValues": {
      const read = METHODS.getStorageValues.safeParse(params);
      if (!read.success) return error("KEY_INVALID");
      const values = read.data.keys.map((key) => [
        key,
        host.world.store.get("cloud", cloudKey(person, key)) ?? "",
      ]);
      return result(Object.fromEntries(values));
    }
    case "deleteStorageValues": {
      const read = METHODS.deleteStorageValues.safeParse(params);
      if (!read.success) return error("KEY_INVALID");
      for (const key of read.data.keys) host.world.store.delete("cloud", cloudKey(person, key));
      return result(true);
    }
    case "getStorageKeys":
      return result(keysOf(host, person));
    case "getRequestedContact":
      return result(contact(host, person));
    default:
      return error("METHOD_INVALID");
  }
}

const cloudKey = (person: Person, key: string): string => `${person.id}/${key}`;

function keysOf(host: Host, person: Person): string[] {
  return (host.world.store.get("cloudKeys", person.id) ?? []).filter(
    (key) => host.world.store.get("cloud", cloudKey(person, key)) !== undefined,
  );
}

function save(host: Host, person: Person, key: string, value: string): ActResult {
  const keys = keysOf(host, person);
  if (!keys.includes(key) && keys.length >= MAX_KEYS) return error("KEYS_TOO_MUCH");
  host.world.store.transact(() => {
    host.world.store.put("cloud", cloudKey(person, key), value);
    host.world.store.put("cloudKeys", person.id, [...new Set([...keys, key])]);
  });
  return result(true);
}

/** Signed like launch data. */
function contact(host: Host, person: Person): string {
  const card = {
    user_id: person.id,
    phone_number: person.phoneNumber,
    first_name: person.firstName,
    last_name: person.lastName ?? "",
  };
  const fields = { contact: JSON.stringify(card), auth_date: String(host.world.clock.now()) };
  return host.signer.sign(fields, host.world.bot.token);
}
