/** What clients remember only while they are open: pickers, followed invite links, inline results. Lost at a restart, as in Telegram. */
import type { KeyboardButtonRequestChat } from "grammy/types";
import type { InlineResult } from "../bot-api/answers.ts";

export interface ChatRequest {
  readonly personId: number;
  readonly buttonText: string;
  readonly ask: KeyboardButtonRequestChat;
}

export class Session {
  readonly chatRequests = new Map<string, ChatRequest>();
  readonly inlineResults = new Map<string, readonly InlineResult[]>();
  /** `personId/channelId` of everybody who has opened an invite link. */
  readonly invited = new Set<string>();
  /** People whose Mini App was last opened by a button of the reply keyboard, with the button's text. */
  readonly maySendData = new Map<number, string>();

  clear(): void {
    this.chatRequests.clear();
    this.inlineResults.clear();
    this.invited.clear();
    this.maySendData.clear();
  }
}
