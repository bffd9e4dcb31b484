import { requestId, text } from "./params.ts";
import type { Method } from "./port.ts";

/** Device storage and secure storage, kept on this phone, and the custom methods, which the server answers. */

function storageMethods(kind: "device" | "secure", maxValue: number): Record<string, Method> {
  const prefix = `web_app_${kind}_storage`;
  const fail = (error: string, req_id: string) => [`${kind}_storage_failed`, { req_id, error }] as const;
  return {
    [`${prefix}_save_key`]: (params, { port, emit }) => {
      const req_id = requestId(params);
      const value = params.value ?? null;
      const refusal = saveProblem(params.key, value, maxValue);
      if (refusal) return emit(...fail(refusal, req_id));
      port.store(kind).set(String(params.key), value === null ? null : String(value));
      emit(`${kind}_storage_key_saved`, { req_id });
    },
    [`${prefix}_get_key`]: (params, { port, emit }) => {
      const req_id = requestId(params);
      if (typeof params.key !== "string") return emit(...fail("KEY_INVALID", req_id));
      const value = port.store(kind).get(params.key);
      const extra = kind === "secure" && value === null ? { can_restore: false } : {};
      emit(`${kind}_storage_key_received`, { req_id, value, ...extra });
    },
    [`${prefix}_clear`]: (params, { port, emit }) => {
      port.store(kind).clear();
      emit(`${kind}_storage_cleared`, { req_id: requestId(params) });
    },
  };
}

function saveProblem(key: unknown, value: unknown, maxValue: number): string | undefined {
  if (typeof key !== "string" || key === "") return "KEY_INVALID";
  if (value !== null && typeof value !== "string") return "VALUE_INVALID";
  if (typeof value === "string" && value.length > maxValue) return "VALUE_INVALID";
  return undefined;
}

/** Cloud storage, the server's time and the like: Telegram's servers answer, so ours does. */
const invokeCustomMethod: Method = async (params, { port, emit }) => {
  const req_id = requestId(params);
  const { result, error } = await port.customMethod(text(params, "method"), params.params);
  emit("custom_method_invoked", error === null ? { req_id, result } : { req_id, error });
};

export const storageTable: Record<string, Method> = {
  ...storageMethods("device", 5 * 1024 * 1024),
  ...storageMethods("secure", 4096),
  web_app_secure_storage_restore_key: (params, { emit }) =>
    emit("secure_storage_failed", { req_id: requestId(params), error: "RESTORE_UNAVAILABLE" }),
  web_app_invoke_custom_method: invokeCustomMethod,
};
