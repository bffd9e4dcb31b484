-- A second button under the bot's message, which the market answers in the chat: what pressing it sends.
alter table notifications.inbox add column press text check (octet_length(press) between 1 and 64);
alter table notifications.announcements add column press text check (octet_length(press) between 1 and 64);
