/** Files in a bucket that speaks S3, through Bun's own client. */
import { S3Client, type S3Options } from "bun";
import type { Guard } from "../../platform/gateway.ts";
import { FilesFailure, type FilesPort, type StoredBytes } from "./port.ts";

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? "");

/** Refusals speak of our request or keys; anything else against the bucket. */
export const isS3Fault = (error: unknown): boolean =>
  !/^(AccessDenied|SignatureDoesNotMatch|InvalidAccessKeyId|NoSuchBucket)$/.test(codeOf(error));

export function s3Files(options: S3Options, prefix: string, guard: Guard): FilesPort {
  const bucket = new S3Client(options);
  const nameOf = (name: string): string => prefix + name;
  /** Bun's client takes no signal: a late answer is left alone. */
  const ask = <T>(call: string, run: () => Promise<T>): Promise<T> =>
    guard
      .call(call, (signal) => Promise.race([run(), rejectedBy(signal)]))
      .catch((error: unknown) => {
        throw error instanceof FilesFailure ? error : new FilesFailure(`S3: ${codeOf(error) || "no answer"}`);
      });
  return {
    async put(name, bytes, type) {
      await ask("put", () => bucket.write(nameOf(name), bytes, { type }));
    },
    get: (name) =>
      ask("get", async () => {
        try {
          return new Uint8Array(await bucket.file(nameOf(name)).arrayBuffer()) as StoredBytes;
        } catch (error) {
          if (codeOf(error) === "NoSuchKey" || codeOf(error) === "ENOENT") return null;
          throw error;
        }
      }),
    async remove(name) {
      await ask("delete", () => bucket.delete(nameOf(name)));
    },
  };
}

const rejectedBy = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new FilesFailure("S3: no answer in time")), { once: true });
  });
