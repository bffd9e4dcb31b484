/** Sends bytes with progress, which `fetch` cannot tell. Like `send`: one key over all attempts, refusals are `ApiError`. */
import { currentAuthorization, errorOfBody, randomId } from "./api.ts";
import { ApiError } from "./problem.ts";

const TIMEOUT_MS = 90_000;

export interface Upload<T> {
  done: Promise<T>;
  cancel: () => void;
}

/** `onProgress` from 0 to 1. */
export function upload<T>(
  path: string,
  bytes: Blob,
  key: string,
  onProgress: (part: number) => void,
): Upload<T> {
  const request = new XMLHttpRequest();
  const requestId = randomId();
  const done = (async () => {
    const authorization = await currentAuthorization();
    return new Promise<T>((resolve, reject) => {
      request.open("POST", path);
      request.timeout = TIMEOUT_MS;
      request.setRequestHeader("content-type", bytes.type || "application/octet-stream");
      request.setRequestHeader("idempotency-key", key);
      request.setRequestHeader("x-request-id", requestId);
      if (authorization) request.setRequestHeader("authorization", authorization);
      const fail = () => reject(new ApiError({ code: "kit.offline", kind: "offline", requestId, status: 0 }));
      request.onerror = fail;
      request.ontimeout = fail;
      request.onabort = fail;
      request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
      request.onload = () => {
        const body = parse(request.responseText);
        if (request.status >= 200 && request.status < 300) return resolve(body as T);
        reject(
          errorOfBody(body, {
            status: request.status,
            requestId,
            retryAfter: Number(request.getResponseHeader("retry-after")) || null,
          }),
        );
      };
      request.send(bytes);
    });
  })();
  return { done, cancel: () => request.abort() };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
