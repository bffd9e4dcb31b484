import type { Method } from "./port.ts";

/**
 * What this phone does not have, answered as a Telegram client on a plain desktop answers it: never silence, because
 * the SDK waits for the reply.
 */
const answer =
  (eventType: string, eventData?: unknown): Method =>
  (_params, { emit }) =>
    emit(eventType, eventData);

const unsupported = { error: "UNSUPPORTED" };
const silent: Method = () => {};

export const absentMethods: Record<string, Method> = {
  web_app_biometry_get_info: answer("biometry_info_received", { available: false }),
  web_app_biometry_request_access: answer("biometry_info_received", { available: false }),
  web_app_biometry_request_auth: answer("biometry_auth_requested", { status: "failed" }),
  web_app_biometry_update_token: answer("biometry_token_updated", { status: "failed" }),
  web_app_biometry_open_settings: silent,
  web_app_start_accelerometer: answer("accelerometer_failed", unsupported),
  web_app_stop_accelerometer: answer("accelerometer_stopped"),
  web_app_start_gyroscope: answer("gyroscope_failed", unsupported),
  web_app_stop_gyroscope: answer("gyroscope_stopped"),
  web_app_start_device_orientation: answer("device_orientation_failed", unsupported),
  web_app_stop_device_orientation: answer("device_orientation_stopped"),
  web_app_check_location: answer("location_checked", { available: false }),
  web_app_request_location: answer("location_requested", { available: false }),
  web_app_open_location_settings: silent,
  web_app_request_fullscreen: answer("fullscreen_failed", unsupported),
  web_app_exit_fullscreen: answer("fullscreen_failed", unsupported),
  web_app_toggle_orientation_lock: silent,
  web_app_check_home_screen: answer("home_screen_checked", { status: "unsupported" }),
  web_app_add_to_home_screen: answer("home_screen_failed", unsupported),
  web_app_request_emoji_status_access: answer("emoji_status_access_requested", { status: "cancelled" }),
  web_app_set_emoji_status: answer("emoji_status_failed", unsupported),
  web_app_request_file_download: answer("file_download_requested", { status: "cancelled" }),
  web_app_share_to_story: silent,
  web_app_open_scan_qr_popup: answer("scan_qr_popup_closed"),
  web_app_close_scan_qr_popup: silent,
};
