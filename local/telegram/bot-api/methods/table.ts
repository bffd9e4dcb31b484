/** Which methods are pretended. Every other published one answers 501; what was never published answers 404. */
import type { ApiMethods } from "grammy/types";
import type { Method } from "../context.ts";
import * as albums from "./albums.ts";
import * as answers from "./answers.ts";
import * as chats from "./chats.ts";
import * as editing from "./editing.ts";
import * as profile from "./profile.ts";
import * as sending from "./sending.ts";
import * as stars from "./stars.ts";
import * as updates from "./updates.ts";

type Table = { readonly [M in keyof ApiMethods]?: Method<never> };

export const METHODS: Table = {
  answerCallbackQuery: answers.answerCallbackQuery,
  answerInlineQuery: answers.answerInlineQuery,
  answerPreCheckoutQuery: stars.answerPreCheckoutQuery,
  createChatInviteLink: chats.createChatInviteLink,
  createInvoiceLink: stars.createInvoiceLink,
  deleteMessage: editing.deleteMessage,
  deleteMessages: editing.deleteMessages,
  deleteMyCommands: profile.deleteMyCommands,
  deleteWebhook: updates.deleteWebhook,
  editMessageCaption: editing.editMessageCaption,
  editMessageReplyMarkup: editing.editMessageReplyMarkup,
  editMessageText: editing.editMessageText,
  editUserStarSubscription: stars.editUserStarSubscription,
  exportChatInviteLink: chats.exportChatInviteLink,
  forwardMessage: albums.forwardMessage,
  getChat: chats.getChat,
  getChatAdministrators: chats.getChatAdministrators,
  getChatMember: chats.getChatMember,
  getChatMemberCount: chats.getChatMemberCount,
  getChatMenuButton: profile.getChatMenuButton,
  getFile: chats.getFile,
  getMe: profile.getMe,
  getMyCommands: profile.getMyCommands,
  getMyDescription: profile.getMyDescription,
  getMyName: profile.getMyName,
  getMyShortDescription: profile.getMyShortDescription,
  getMyStarBalance: stars.getMyStarBalance,
  getStarTransactions: stars.getStarTransactions,
  getUpdates: updates.getUpdates,
  getUserProfilePhotos: chats.getUserProfilePhotos,
  getWebhookInfo: updates.getWebhookInfo,
  leaveChat: chats.leaveChat,
  refundStarPayment: stars.refundStarPayment,
  savePreparedInlineMessage: answers.savePreparedInlineMessage,
  savePreparedKeyboardButton: answers.savePreparedKeyboardButton,
  sendChatAction: sending.sendChatAction,
  sendInvoice: stars.sendInvoice,
  sendMediaGroup: albums.sendMediaGroup,
  sendMessage: sending.sendMessage,
  sendPhoto: sending.sendPhoto,
  setChatMenuButton: profile.setChatMenuButton,
  setMyCommands: profile.setMyCommands,
  setMyDescription: profile.setMyDescription,
  setMyName: profile.setMyName,
  setMyShortDescription: profile.setMyShortDescription,
  setWebhook: updates.setWebhook,
};
