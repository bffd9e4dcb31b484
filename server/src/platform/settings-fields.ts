/** Kinds of settings: what stands in a variable of the environment, and what it means. */
import { z } from "zod";
import { rawTonAddress } from "./ton-address.ts";

export const seconds = (fallback: number) => z.coerce.number().int().positive().default(fallback);
export const list = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((value) =>
      value
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean),
    );
export const hex = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-fA-F]{${bytes * 2}}$`), `must be ${bytes} bytes in hex`)
    .transform((value) => Buffer.from(value, "hex"));
export const url = z.string().url();
export const tonAddress = z.string().refine((value) => rawTonAddress(value) !== null, "is not a TON address");
export const origin = url.transform((value) => value.replace(/\/+$/, ""));
