export {
  type Announcement,
  announce,
  continueAnnouncement,
  recipientsMax,
  rewordAnnouncement,
  withdrawAnnouncement,
} from "./announce.ts";
export { type Notice, notify } from "./notify.ts";
export { sendDue } from "./post/loop.ts";
