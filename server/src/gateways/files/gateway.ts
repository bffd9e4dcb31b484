import { createGuard } from "../../platform/gateway.ts";
import type { Log } from "../../platform/log.ts";
import type { Metrics } from "../../platform/metrics.ts";
import type { Settings } from "../../platform/settings.ts";
import { diskFiles } from "./disk.ts";
import { FilesFailure, type FilesPort } from "./port.ts";
import { isS3Fault, s3Files } from "./s3.ts";

/** The bucket when one is configured, else the folder. With neither, files alone do not work. */
export function createFiles(options: {
  settings: Settings;
  log: Log;
  metrics: Metrics | undefined;
  timeoutMs?: number;
}): FilesPort {
  const { env } = options.settings;
  if (env.FILES_S3_BUCKET) {
    const guard = createGuard({
      gateway: "files",
      isFault: isS3Fault,
      log: options.log,
      metrics: options.metrics,
      timeoutMs: options.timeoutMs ?? 10_000,
    });
    const { FILES_S3_URL: endpoint, FILES_S3_KEY_ID: accessKeyId } = env;
    return s3Files(
      {
        bucket: env.FILES_S3_BUCKET,
        region: env.FILES_S3_REGION,
        ...(endpoint ? { endpoint } : {}),
        ...(accessKeyId ? { accessKeyId } : {}),
        ...(env.FILES_S3_SECRET ? { secretAccessKey: env.FILES_S3_SECRET } : {}),
      },
      "souk/",
      guard,
    );
  }
  if (env.FILES_DIR) return diskFiles(env.FILES_DIR);
  const nowhere = async (): Promise<never> => {
    throw new FilesFailure("neither FILES_DIR nor FILES_S3_BUCKET is set");
  };
  return { put: nowhere, get: nowhere, remove: nowhere };
}
