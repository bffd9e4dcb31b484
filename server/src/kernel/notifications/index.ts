export { type Announcement, announce, withdrawAnnouncement } from "./announce.ts";
export { type Notice, notify } from "./notify.ts";
export { sendDue } from "./post/loop.ts";
